"""Steps that several verbs share. They stand beneath the use cases and call none of them."""
