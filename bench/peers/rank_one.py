"""The rank-one network in PyTorch, eager, float32, one thread: the same arguments and turns as rank-one.c."""

import sys
import time

import numpy
import torch

torch.set_num_threads(1)
neurons, delay = int(sys.argv[1]), int(sys.argv[2])
rate, leak, confidence = (float(value) for value in sys.argv[3:6])
epochs, turns = int(sys.argv[6]), int(sys.argv[7])

drawn = numpy.frombuffer(sys.stdin.buffer.read(12 * neurons), dtype=numpy.float32).reshape(3, neurons)
m, n, b = (torch.nn.Parameter(torch.tensor(row)) for row in drawn)
optimizer = torch.optim.SGD([m, n, b], lr=rate)
target = torch.cat([torch.zeros(delay), torch.ones(delay)])


def epoch():
    optimizer.zero_grad()
    x = torch.full((neurons,), -0.3)
    kappa = torch.dot(n, x)
    outputs = []
    for _ in range(2 * delay):
        x = (1 - leak) * x + leak * torch.tanh(m * kappa + b)
        kappa = torch.dot(n, x)
        outputs.append(torch.sigmoid(confidence * (kappa - 1)))
    loss = torch.sum((torch.stack(outputs) - target) ** 2) / delay
    loss.backward()
    norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in (m, n, b)))
    optimizer.step()
    return loss.item(), norm.item()


print("%.9g %.9g" % epoch(), flush=True)
for _ in range(turns):
    if not sys.stdin.buffer.read(1):
        break
    start = time.process_time()
    for _ in range(epochs):
        epoch()
    print("%.4f" % ((time.process_time() - start) * 1e6 / epochs), flush=True)
