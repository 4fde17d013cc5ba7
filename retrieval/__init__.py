"""Understanding, ranking and answering over Chinese government work reports."""
