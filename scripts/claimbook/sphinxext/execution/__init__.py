"""How the cells of chapters are run and their outputs kept."""
