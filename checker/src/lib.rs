//! A temporal-epistemic model checker for any stateright model whose author says what observers see.
