import click


@click.command("xdriver_check")
def check():
    pass


matching = click.Command("matching")
