"""How several criteria become one answer: weights from judgements, scores, and how firm a ranking is."""
