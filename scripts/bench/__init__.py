"""The benchmarks: a corpus, queries, engines side by side, and what is told of them."""
