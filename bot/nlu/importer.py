"""What Rasa itself is given: domain, rules, and one example of each intent.

Our components read the examples themselves (bot/nlu/examples.py). Rasa would parse, copy and fingerprint each of the
forty thousand several times, which takes longer than learning from them.
"""

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.examples import read_examples


class ExampleImporter(RasaFileImporter):
    """Import rules as Rasa does, and examples only as far as Rasa needs them to know the intents."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """Note the files by their folders; Rasa would parse each three times to find out what it holds."""
        self.config_file = config_file
        self._domain_path = domain_path
        paths = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or []
        folders = [Path(path) for path in paths]
        self._nlu_folders = [folder for folder in folders if folder.name == "nlu"]
        rules = [folder for folder in folders if folder.name != "nlu"]
        self._story_files = [str(file) for folder in rules for file in sorted(folder.rglob("*.yml"))]
        self._conversation_test_files: list[str] = []

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return one example of each intent."""
        examples = (example for folder in self._nlu_folders for example in read_examples(folder))
        first = {example.intent: example.text for example in examples}
        return TrainingData([Message(data={TEXT: text, INTENT: intent}) for intent, text in first.items()])
