"""scikit-learn's multi-layer perceptron: `partial_fit` of all rows is an epoch of batches. Its output has no activation
but what the loss brings, so the gate is not for it."""

import warnings

from serve import read, serve


def prepare():
    import numpy as np
    import sklearn
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    def start(folder):
        problem = read(np, folder)
        if problem.output != "linear":
            return "scikit-learn has no %s output with a squared error" % problem.output
        warnings.simplefilter("ignore")
        classes = problem.loss == "crossEntropy"
        model = (MLPClassifier if classes else MLPRegressor)(
            problem.sizes[1:-1],
            activation=problem.hidden,
            solver="adam",
            alpha=0,
            batch_size=problem.batch,
            learning_rate_init=1e-3,
            random_state=1,
        )
        y = problem.y if classes else problem.y[:, 0]
        extra = {"classes": np.arange(problem.sizes[-1])} if classes else {}
        # The first call makes the parameters and the optimizer; both are then set to the problem's beginning.
        model.partial_fit(problem.x[: problem.batch], y[: problem.batch], **extra)
        for (weight, bias), to_weight, to_bias in zip(problem.parameters, model.coefs_, model.intercepts_):
            to_weight[...], to_bias[...] = weight, bias
        for moment in model._optimizer.ms + model._optimizer.vs:
            moment[...] = 0
        model._optimizer.t = 0

        def steps(count):
            if count < problem.batches:
                rows = count * problem.batch
                model.partial_fit(problem.x[:rows], y[:rows])
            else:
                epochs = -(-count // problem.batches)
                count = epochs * problem.batches
                for _ in range(epochs):
                    model.partial_fit(problem.x, y)
            # Its squared error is halved.
            return count, model.loss_ * (1 if classes else 2)

        return "scikit-learn " + sklearn.__version__, steps, None

    return start


serve(prepare)
