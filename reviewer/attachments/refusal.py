"""The one way in which a step says that a file cannot be shown at all."""

from reviewer.model.problem import Problem


class Refusal(Exception):
    """Carries the reason; its place is completed by `process`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    def __reduce__(self) -> tuple[type["Refusal"], tuple[Problem]]:
        return (type(self), (self.problem,))
