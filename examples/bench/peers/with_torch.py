"""PyTorch on one thread, as its own tutorials write it."""

from serve import read, serve

ACTIVATIONS = {"relu": "ReLU", "tanh": "Tanh", "sigmoid": "Sigmoid"}


def prepare():
    import numpy as np
    import torch

    torch.set_num_threads(1)

    def products(problem):
        b, jobs = problem.batch, []
        for i, (inputs, outputs) in enumerate(zip(problem.sizes, problem.sizes[1:])):
            x, w, y = torch.rand(b, inputs), torch.rand(inputs, outputs), torch.rand(b, outputs)
            jobs += [(x, w, torch.empty_like(y)), (x.T, y, torch.empty_like(w))]
            jobs += [(y, w.T, torch.empty_like(x))] if i else []

        def run(count):
            for _ in range(count):
                for left, right, out in jobs:
                    torch.mm(left, right, out=out)

        return run

    def start(folder):
        problem = read(np, folder)
        layers = []
        for i, (weight, bias) in enumerate(problem.parameters):
            linear = torch.nn.Linear(*weight.shape)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weight.T.copy()))
                linear.bias.copy_(torch.from_numpy(bias))
            layers.append(linear)
            after = problem.hidden if i < len(problem.parameters) - 1 else problem.output
            if after != "linear":
                layers.append(getattr(torch.nn, ACTIVATIONS[after])())
        model = torch.nn.Sequential(*layers)
        cost = torch.nn.CrossEntropyLoss() if problem.loss == "crossEntropy" else torch.nn.MSELoss()
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        x, y = torch.from_numpy(problem.x), torch.from_numpy(problem.y)
        b, n = problem.batch, problem.batches
        position, order = n, None

        def steps(count):
            nonlocal position, order
            losses = []
            for _ in range(count):
                if position == n:
                    position, order = 0, torch.randperm(b * n)
                rows = order[position * b : (position + 1) * b]
                optimizer.zero_grad(set_to_none=True)
                loss = cost(model(x[rows]), y[rows])
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
                position += 1
            return count, np.mean(losses[-n:])

        return "PyTorch " + torch.__version__, steps, products(problem)

    return start


serve(prepare)
