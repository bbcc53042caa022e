"""Tests of the statistics: rules, judged series, sentences, and stages that last."""
