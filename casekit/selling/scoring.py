"""Scores from past contacts: logistic regression, every client scored by a model that has not seen him."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import alike, both_kinds, flags


def logistic_model(*, penalty: float = 1.0) -> Any:
    """An untrained scikit-learn pipeline: numbers filled and scaled, categories one column each, logistic.

    Parameters
    ----------
    penalty : float, default 1
        Strength of the ridge penalty, above 0.

    Returns
    -------
    sklearn Pipeline
    """
    check = Check("logistic_model")
    penalty = check.positive("penalty", penalty)
    check.done()
    try:
        from sklearn.compose import ColumnTransformer, make_column_selector
        from sklearn.impute import SimpleImputer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import OneHotEncoder, StandardScaler
    except ImportError as error:
        raise errors.MissingExtraError(
            _("logistic_model needs scikit-learn: pip install 'casekit[workbook]'")
        ) from error
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    columns = ColumnTransformer(
        [
            ("numbers", numbers, make_column_selector(dtype_include="number")),
            (
                "categories",
                OneHotEncoder(handle_unknown="ignore"),
                make_column_selector(dtype_exclude="number"),
            ),
        ]
    )
    return make_pipeline(columns, LogisticRegression(C=1 / penalty, max_iter=1000))


def out_of_fold_scores(
    features: pd.DataFrame, bought: Any, *, rng: np.random.Generator, folds: int = 10, model: Any = None
) -> pd.Series:
    """Probability of buying for every client, each from a model fitted without that client.

    A score from a model that has seen the answer flatters itself. Clients whose outcome is missing (not yet
    contacted) are scored by one model fitted on all others.

    Parameters
    ----------
    features : DataFrame, one row a client
        Known **before** the contact. Numbers, categories and true/false; missing numbers are filled with the
        median.
    bought : Series or list, shape (n_clients,)
        True, false or missing.
    rng : numpy.random.Generator
        Draws the folds.
    folds : int, default 10
        2 or more; each fold keeps the share of buyers.
    model : sklearn classifier, optional
        Default :func:`logistic_model`.

    Returns
    -------
    Series of float, index of ``features``: probability 0 to 1.

    Raises
    ------
    InputError
        If there are fewer buyers or non-buyers than folds.
    """
    check = Check("out_of_fold_scores")
    folds = check.integer("folds", folds, low=2)
    rng = check.generator("rng", rng)
    table = _plain(check.frame("features", features))
    outcome = pd.Series(bought)
    outcome = outcome if len(outcome) != len(table) else _labelled(check, outcome, table)
    known = outcome.notna()
    yes = flags(check, "bought", outcome[known].astype(float))
    if len(outcome) != len(table):
        check.add(errors.different_lengths("bought", len(outcome), "features", len(table)))
    _enough(check, yes, folds)
    check.done()
    model = logistic_model() if model is None else model
    scores = pd.Series(np.nan, index=table.index)
    learned, answers = table[known.to_numpy()], yes.to_numpy()
    scores[known.to_numpy()] = _cross_fitted(model, learned, answers, folds, rng)
    if not known.all():
        model.fit(learned, answers)
        scores[~known.to_numpy()] = model.predict_proba(table[~known.to_numpy()])[:, 1]
    return scores


def out_of_fold_uplift(
    features: pd.DataFrame,
    bought: Any,
    treated: Any,
    *,
    rng: np.random.Generator,
    folds: int = 5,
    model: Any = None,
) -> pd.DataFrame:
    """What a call is believed to change for every client: two models, one of the called, one of the others.

    Each client is scored by models fitted without that client. The difference is the effect of a call only if
    the calls were drawn by lot.

    Parameters
    ----------
    features : DataFrame, one row a client
        Known before the campaign.
    bought : Series or list of bool, shape (n_clients,)
    treated : Series or list of bool, shape (n_clients,)
    rng : numpy.random.Generator
        Draws the folds.
    folds : int, default 5
        2 or more.
    model : sklearn classifier, optional
        Default :func:`logistic_model`; a fresh copy is fitted on each side.

    Returns
    -------
    DataFrame with columns ``called`` and ``not_called`` (probabilities) and ``uplift`` (their difference),
    index of ``features``.
    """
    check = Check("out_of_fold_uplift")
    folds = check.integer("folds", folds, low=2)
    rng = check.generator("rng", rng)
    table = _plain(check.frame("features", features))
    calls = flags(check, "treated", treated)
    yes = alike(check, "bought", flags(check, "bought", bought), "treated", calls)
    if len(calls) != len(table):
        check.add(errors.different_lengths("treated", len(calls), "features", len(table)))
    for side in (0, 1):
        _enough(check, yes[(calls == side).to_numpy()] if len(yes) == len(calls) else yes, folds)
    check.done()
    answers, side = yes.to_numpy(), calls.to_numpy() == 1
    model = logistic_model() if model is None else model
    result = pd.DataFrame(np.nan, index=table.index, columns=["called", "not_called"])
    for train, test in _folds(answers + 2 * side, folds, rng):
        for column, rows in (("called", train[side[train]]), ("not_called", train[~side[train]])):
            fitted = _fresh(model).fit(table.iloc[rows], answers[rows])
            result.iloc[test, result.columns.get_loc(column)] = fitted.predict_proba(table.iloc[test])[:, 1]
    return result.assign(uplift=result["called"] - result["not_called"])


def fit_uplift(features: pd.DataFrame, bought: Any, treated: Any, *, model: Any = None) -> tuple[Any, Any]:
    """The pair of models (called, not called) fitted on the whole campaign, to score clients outside it.

    Parameters
    ----------
    features, bought, treated, model
        As in :func:`out_of_fold_uplift`.

    Returns
    -------
    tuple of two fitted models; pass it to :func:`predict_uplift`.
    """
    check = Check("fit_uplift")
    table = _plain(check.frame("features", features))
    calls = flags(check, "treated", treated)
    yes = alike(check, "bought", flags(check, "bought", bought), "treated", calls)
    if len(calls) != len(table):
        check.add(errors.different_lengths("treated", len(calls), "features", len(table)))
    else:
        for name, side in ((_("bought of the called"), 1), (_("bought of the uncalled"), 0)):
            both_kinds(check, name, yes[(calls == side).to_numpy()] if len(yes) == len(calls) else yes)
    both_kinds(check, "treated", calls)
    check.done()
    model = logistic_model() if model is None else model
    sides = [(calls == side).to_numpy() for side in (1, 0)]
    called, rest = (_fresh(model).fit(table[rows], yes.to_numpy()[rows]) for rows in sides)
    return called, rest


def predict_uplift(models: tuple[Any, Any], features: pd.DataFrame) -> pd.DataFrame:
    """Probabilities with and without a call, and their difference, for clients outside the campaign.

    Parameters
    ----------
    models : tuple
        From :func:`fit_uplift`.
    features : DataFrame
        The columns that the models were fitted on.

    Returns
    -------
    DataFrame with columns ``called``, ``not_called`` and ``uplift``.
    """
    check = Check("predict_uplift")
    table = _plain(check.frame("features", features, list(models[0].feature_names_in_)))
    check.done()
    called, rest = (fitted.predict_proba(table)[:, 1] for fitted in models)
    return pd.DataFrame({"called": called, "not_called": rest, "uplift": called - rest}, index=table.index)


# -- inside ----------------------------------------------------------------------------------------------


def _plain(features: pd.DataFrame) -> pd.DataFrame:
    """True/false as 1 and 0, texts and categories as plain objects: what every scikit-learn understands."""
    table = features.copy()
    for column in table.columns:
        if pd.api.types.is_bool_dtype(table[column]) or pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].astype(float)
        else:
            table[column] = (
                table[column].astype(object).where(table[column].notna(), _("unknown")).astype(str)
            )
            table[column] = table[column].astype(object)
    return table


def _labelled(check: Check, outcome: pd.Series, table: pd.DataFrame) -> pd.Series:
    return alike(check, "bought", outcome, "features", pd.Series(0, index=table.index))


def _enough(check: Check, yes: pd.Series, folds: int) -> None:
    fewest = int(min(yes.sum(), len(yes) - yes.sum())) if len(yes) and not yes.isna().any() else 0
    if fewest < folds:
        check.add(
            errors.must_hold(
                _("each fold must hold a buyer and a non-buyer"),
                got=_("{count} of the rarer kind for {folds} folds").format(count=fewest, folds=folds),
                hint=_("use fewer folds, or more past contacts"),
            )
        )


def _folds(strata: np.ndarray, folds: int, rng: np.random.Generator) -> Any:
    from sklearn.model_selection import StratifiedKFold

    split = StratifiedKFold(folds, shuffle=True, random_state=int(rng.integers(2**31)))
    return split.split(np.zeros((len(strata), 1)), strata)


def _cross_fitted(
    model: Any, table: pd.DataFrame, answers: np.ndarray, folds: int, rng: np.random.Generator
) -> np.ndarray:
    scores = np.full(len(answers), np.nan)
    for train, test in _folds(answers, folds, rng):
        fitted = _fresh(model).fit(table.iloc[train], answers[train])
        scores[test] = fitted.predict_proba(table.iloc[test])[:, 1]
    return scores


def _fresh(model: Any) -> Any:
    from sklearn.base import clone

    return clone(model)
