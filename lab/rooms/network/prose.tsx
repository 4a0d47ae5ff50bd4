/** Of the network that the room opens with; the seeds of the second paragraph are those of figure 3 in the README. */
export const prose = (
  <>
    <p>
      A network of 100 neurons must stay off for 20 steps and then switch on. It has no input, so it has to
      keep the time by itself. One number, κ, tells all it does: it moves as κ′ = F(κ), and the output is on
      where κ is above 1. For thousands of epochs the loss hardly changes, yet nothing stands still: a stable
      fixed point creeps up towards 1, and the gradient grows. When it crosses, the loss falls at once. The
      ghost, where F comes close to zero and turns back, forms only 2,000 epochs later, at first at every
      other epoch, because the steps hop to and fro. The trained network slows down there, but it is not what
      made the loss fall. So it was in every rank-one network that this project followed; the paper has the
      ghost come first. The dwell time beside it is the theory’s, for the whole passage; a trial begins well
      on the way.
    </p>
    <p>
      Learning can be lost as abruptly. At epoch 8,200 the learning rate of this network, seed 373, is raised
      from 0.02 to 0.08. Three epochs later one step has carried it across a saddle-node bifurcation: there
      are three fixed points instead of one, κ is held below the threshold for good, and the gradient is zero.
      For most networks 0.02 is too much already: of 24 other seeds all fell, and 18 were lost again. Change
      the rate or the confidence while it trains, or go back to an epoch and change it from there.
    </p>
  </>
)
