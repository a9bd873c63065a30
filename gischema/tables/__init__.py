"""Tables: from the cells of a document to figures. `gischema.pipeline` names the steps."""
