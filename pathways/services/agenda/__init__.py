"""What happens to an introduction and shows at meetings: its items are put on agendas, settled and opened again."""
