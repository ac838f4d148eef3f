"""How the linear models learn; only training needs this module and scikit-learn.

Linear SVMs, one class against all others. The temperature is fitted on the margins of examples that were left out.
Against logistic regression it is a tie in accuracy at a fraction of the time (docs/nlu.md).
"""

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from bot.linear.features import Array, Features, Terms
from bot.linear.model import LinearModel, softmax
from bot.linear.text_model import TextModel
from bot.linear.views import VIEWS, WEIGHTS, Text

warnings.filterwarnings("ignore", category=ConvergenceWarning)  # stopping early is meant

C = 1.0
LEFT_OUT = 0.4
SMOOTHING = 0.05
SEED = 7
ROUNDS = 3  # of the solver; more rounds take longer and bring nothing (docs/nlu.md)
Fitted = tuple[tuple[str, ...], Array, Array]
Fit = Callable[[sparse.csr_matrix, Array], Fitted]
RARE = {"chars": 3, "skeleton": 2, "concepts": 3}  # a token that occurs less often is not learned


def fit(
    rows: sparse.csr_matrix, target: Array, *, c: float = C, class_weight: dict[str, float] | None = None
) -> Fitted:
    """Return the classes, and the weights and the bias of each."""
    svm = LinearSVC(C=c, max_iter=ROUNDS, class_weight=class_weight, random_state=SEED).fit(rows, target)
    weights, bias = svm.coef_.T.astype(np.float32), svm.intercept_.astype(np.float32)
    if len(svm.classes_) == 2:  # the library keeps one vector then
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return tuple(map(str, svm.classes_)), weights, bias


def count(rows: sparse.csr_matrix, target: Array) -> Fitted:
    """Return the same by counting alone, every class as likely as the others before a word is read (naive Bayes).

    For telling languages apart it beats the linear SVMs, in no time (docs/nlu.md).
    """
    bayes = MultinomialNB(alpha=SMOOTHING, fit_prior=False).fit(rows, target)
    weights = bayes.feature_log_prob_.T.astype(np.float32)
    return tuple(map(str, bayes.classes_)), weights - weights.mean(axis=1, keepdims=True), np.zeros(len(bayes.classes_))


def learn_features(texts: Sequence[str], views: Sequence[str]) -> tuple[Features, Any]:
    """Learn the tokens of the texts; return the features and the texts' own rows as a sparse matrix."""
    read = [Text.of(text) for text in texts]
    terms, parts = {}, []
    for view in views:
        vectorizer = TfidfVectorizer(
            analyzer=VIEWS[view], sublinear_tf=True, min_df=RARE.get(view, 1), dtype=np.float32
        )
        try:
            parts.append(WEIGHTS.get(view, 1.0) * vectorizer.fit_transform(read))
        except ValueError:
            continue  # these few texts have nothing that the view sees, as in a small trial project
        terms[view] = Terms(vectorizer.vocabulary_, vectorizer.idf_.astype(np.float32))
    return Features(terms), sparse.hstack(parts, format="csr", dtype=np.float32)


def learn_text_model(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    views: Sequence[str],
    groups: Sequence[int] | None = None,
    fitted: Fit = fit,
) -> TextModel:
    """Learn from examples; `groups` numbers the originals of copies, `fitted` is the way to learn (`fit`)."""
    features, rows = learn_features(texts, views)
    return TextModel(features, train_linear(rows, labels, groups=groups, fitted=fitted))


def train_linear(
    rows: sparse.csr_matrix, labels: Sequence[str], *, groups: Sequence[int] | None = None, fitted: Fit = fit
) -> LinearModel:
    """Fit the weights on all examples, and the temperature on two fifths of them that a second model has not seen.

    `groups` numbers the originals: copies of one example go to one side together, or they would flatter the model.
    """
    target = np.asarray(labels)
    number = np.arange(len(target)) if groups is None else np.asarray(groups)
    learned, left_out = _split(target, number)
    rows.sum_duplicates()  # the library does it in place, which two threads must not
    with ThreadPoolExecutor(2) as pool:  # the solver lets go of Python's lock
        whole = pool.submit(fitted, rows, target)
        part = pool.submit(fitted, rows[learned], target[learned])
    temperature = _temperature(*part.result(), rows[left_out], target[left_out])
    classes, weights, bias = whole.result()
    return LinearModel.of(classes, temperature * weights, temperature * bias)


def _split(target: Array, number: Array) -> tuple[Array, Array]:
    firsts = np.unique(number, return_index=True)[1]
    parts = StratifiedShuffleSplit(1, test_size=LEFT_OUT, random_state=SEED).split(firsts, target[firsts])
    _learned, left_out = next(iter(parts))
    is_left_out = np.isin(number, number[firsts[left_out]])
    return np.flatnonzero(~is_left_out), firsts[left_out]


def _temperature(
    classes: tuple[str, ...], weights: Array, bias: Array, rows: sparse.csr_matrix, target: Array
) -> np.float32:
    """Return the factor that makes margins of unseen examples the most likely probabilities."""
    number = {name: index for index, name in enumerate(classes)}
    scores, truth = rows @ weights + bias, np.array([number[name] for name in target])

    def loss(factor: float) -> float:
        return float(-np.log(softmax(factor * scores)[np.arange(len(truth)), truth] + 1e-12).mean())

    return np.float32(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)
