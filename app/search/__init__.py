"""Finding: one port, the engines that stand behind it, and the language of queries."""
