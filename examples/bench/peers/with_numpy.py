"""NumPy: the network by hand in float32, written for speed. No array is made in the loop, and Adam is one pass over all
parameters in pieces that stay in the cache."""

from serve import read, serve

PIECE = 16384
RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8


def adam(np, parameters, gradient):
    m, v = np.zeros_like(parameters), np.zeros_like(parameters)
    scratch = np.empty(min(PIECE, parameters.size), np.float32)
    cut = lambda a: [a[i : i + PIECE] for i in range(0, a.size, PIECE)]
    pieces = [(p, g, a, b, scratch[: p.size]) for p, g, a, b in zip(*map(cut, (parameters, gradient, m, v)))]
    step = 0

    def update():
        nonlocal step
        step += 1
        root = (1 - BETA2**step) ** 0.5
        rate, epsilon = np.float32(RATE * root / (1 - BETA1**step)), np.float32(EPSILON * root)
        for p, g, m, v, t in pieces:
            np.subtract(g, m, out=t)
            t *= np.float32(1 - BETA1)
            m += t
            np.multiply(g, g, out=t)
            t -= v
            t *= np.float32(1 - BETA2)
            v += t
            np.sqrt(v, out=t)
            t += epsilon
            np.divide(m, t, out=t)
            t *= rate
            p -= t

    return update


def network(np, problem):
    """One step: takes a batch, leaves the gradient in its buffer, updates, and returns the loss."""
    b, sizes = problem.batch, problem.sizes
    total = sum((i + 1) * o for i, o in zip(sizes, sizes[1:]))
    parameters, gradient = np.empty(total, np.float32), np.empty(total, np.float32)
    layers, at = [], 0
    for weight, bias in problem.parameters:
        views = []
        for value in (weight, bias):
            views += [a[at : at + value.size].reshape(value.shape) for a in (parameters, gradient)]
            views[-2][...] = value
            at += value.size
        layers.append(views)  # weight, its gradient, bias, its gradient
    outputs = [np.empty((b, n), np.float32) for n in sizes[1:]]
    errors = [np.empty((b, n), np.float32) for n in sizes[1:]]
    rows = np.arange(b)
    update = adam(np, parameters, gradient)
    last = len(layers) - 1

    def activate(kind, z):
        if kind == "relu":
            np.maximum(z, 0, out=z)
        elif kind == "tanh":
            np.tanh(z, out=z)
        elif kind == "sigmoid":
            np.negative(z, out=z)
            np.exp(z, out=z)
            z += 1
            np.reciprocal(z, out=z)

    def slope(kind, y, e):
        """e times the derivative of the activation whose value is y; y is not needed afterwards."""
        if kind == "relu":
            np.multiply(e, y > 0, out=e)
        elif kind == "tanh":
            np.multiply(y, y, out=y)
            np.subtract(1, y, out=y)
            e *= y
        elif kind == "sigmoid":
            e *= y
            np.subtract(1, y, out=y)
            e *= y

    def cost(z, y, e):
        if problem.loss == "crossEntropy":
            np.subtract(z, z.max(1, keepdims=True), out=z)
            np.exp(z, out=e)
            sums = e.sum(1, keepdims=True)
            loss = float((np.log(sums[:, 0]) - z[rows, y]).sum()) / b
            e /= sums
            e[rows, y] -= 1
            e *= np.float32(1 / b)
        else:
            np.subtract(z, y, out=e)
            loss = float(np.vdot(e, e)) / b
            e *= np.float32(2 / b)
        return loss

    def step(x, y):
        a = x
        for i, (weight, _, bias, _) in enumerate(layers):
            z = np.matmul(a, weight, out=outputs[i])
            z += bias
            activate(problem.output if i == last else problem.hidden, z)
            a = z
        e = errors[last]
        loss = cost(a, y, e)
        slope(problem.output, a, e)
        for i in range(last, -1, -1):
            weight, d_weight, _, d_bias = layers[i]
            np.matmul((outputs[i - 1] if i else x).T, e, out=d_weight)
            np.add.reduce(e, 0, out=d_bias)
            if i:
                e = np.matmul(e, weight.T, out=errors[i - 1])
                slope(problem.hidden, outputs[i - 1], e)
        update()
        return loss

    return step


def products(np, problem):
    """The matrix products of a step and nothing else: what no engine on this BLAS can beat."""
    some = lambda *shape: np.random.default_rng(1).random(shape, np.float32)
    b, jobs = problem.batch, []
    for i, (inputs, outputs) in enumerate(zip(problem.sizes, problem.sizes[1:])):
        x, w, y = some(b, inputs), some(inputs, outputs), some(b, outputs)
        jobs += [(x, w, np.empty_like(y)), (x.T, y, np.empty_like(w))]
        jobs += [(y, w.T, np.empty_like(x))] if i else []

    def run(count):
        for _ in range(count):
            for left, right, out in jobs:
                np.matmul(left, right, out=out)

    return run


def prepare():
    import numpy as np

    def start(folder):
        problem = read(np, folder)
        step = network(np, problem)
        rng = np.random.default_rng(1)
        b, n = problem.batch, problem.batches
        x = np.empty((b, problem.sizes[0]), np.float32)
        position, order = n, None

        def steps(count):
            nonlocal position, order
            losses = []
            for _ in range(count):
                if position == n:
                    position, order = 0, rng.permutation(b * n)
                rows = order[position * b : (position + 1) * b]
                np.take(problem.x, rows, axis=0, out=x, mode="clip")
                losses.append(step(x, problem.y[rows]))
                position += 1
            return count, np.mean(losses[-n:])

        return "NumPy " + np.__version__, steps, products(np, problem)

    return start


serve(prepare)
