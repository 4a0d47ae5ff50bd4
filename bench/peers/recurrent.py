"""The autonomous and driven networks in PyTorch, eager, float32, one thread: a module, autograd and an optimiser.

    python3 recurrent.py <settings as JSON>  < the same numbers as recurrent.c

After the initial states follows, where there is noise, that of the first epoch [steps, trials, neurons]. Later
epochs draw their own. Prints and takes turns as recurrent.c does.
"""

import json
import math
import sys
import time

import numpy
import torch

torch.set_num_threads(1)
settings = json.loads(sys.argv[1])
neurons, rank, trials, steps = (settings[name] for name in ("neurons", "rank", "trials", "steps"))
full = rank == 0
driven, leak, rate, epochs = (settings[name] for name in ("driven", "leak", "rate", "epochs"))
initial_noise, noise = settings["initialNoise"], settings["noise"]


def take(*shape):
    count = math.prod(shape)
    data = numpy.frombuffer(sys.stdin.buffer.read(4 * count), dtype=numpy.float32)
    return torch.tensor(data.reshape(shape))


class Autonomous(torch.nn.Module):
    def __init__(self):
        super().__init__()
        if full:
            self.weight = torch.nn.Parameter(take(neurons, neurons))
        else:
            self.m = torch.nn.Parameter(take(neurons, rank))
            self.n = torch.nn.Parameter(take(rank, neurons))
        self.b = torch.nn.Parameter(take(neurons))
        self.w_out = torch.nn.Parameter(take(neurons))
        self.b_out = torch.nn.Parameter(take(1))

    def forward(self, inputs, state, noises):
        outputs = []
        for _ in range(steps):
            recurrent = state @ self.weight if full else (state @ self.m) @ self.n
            state = (1 - leak) * state + leak * torch.tanh(recurrent + self.b)
            outputs.append(torch.sigmoid(state @ self.w_out + self.b_out))
        return torch.stack(outputs, dim=1)


class Driven(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.input = torch.nn.Linear(1, neurons)
        input_weights, input_bias = take(neurons, 1), take(neurons)
        if full:
            self.recurrent = torch.nn.Parameter(take(neurons, neurons))
        else:
            self.left = torch.nn.Parameter(take(neurons, rank))
            self.right = torch.nn.Parameter(take(rank, neurons))
        self.output = torch.nn.Linear(neurons if full else rank, 1)
        with torch.no_grad():
            self.input.weight.copy_(input_weights)
            self.input.bias.copy_(input_bias)
            self.output.weight.copy_(take(*self.output.weight.shape))
            self.output.bias.copy_(take(1))
        self.squash = torch.tanh if settings["tanhOutput"] else torch.sigmoid

    def forward(self, inputs, state, noises):
        outputs = []
        for t in range(steps):
            latent = state if full else state @ self.left
            outputs.append(self.squash(self.output(latent)))
            recurrent = latent @ (self.recurrent if full else self.right)
            drive = self.input(inputs[:, t : t + 1]) + recurrent
            if noise:
                drive = drive + (noises[t] if noises is not None else noise * torch.randn(trials, neurons))
            state = (1 - leak) * state + leak * torch.tanh(drive)
        return torch.cat(outputs, dim=1)


model = Driven() if driven else Autonomous()
targets, weights, inputs = (take(trials, steps) for _ in range(3))
first_state = take(trials, neurons)
first_noises = take(steps, trials, neurons) if noise else None
optimizer = torch.optim.SGD(model.parameters(), lr=rate)


def epoch(state=None, noises=None):
    if state is None:
        state = torch.tanh(initial_noise * torch.randn(trials, neurons)) if initial_noise else first_state
    optimizer.zero_grad()
    loss = torch.sum(weights * (model(inputs, state, noises) - targets) ** 2)
    loss.backward()
    norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in model.parameters()))
    optimizer.step()
    return loss.item(), norm.item()


print("%.9g %.9g" % epoch(first_state, first_noises), flush=True)
for _ in range(settings["turns"]):
    if not sys.stdin.buffer.read(1):
        break
    start = time.process_time()
    for _ in range(epochs):
        epoch()
    print("%.4f" % ((time.process_time() - start) * 1e6 / epochs), flush=True)
