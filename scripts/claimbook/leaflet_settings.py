"""What `report.toml` says of the leaflets: short PDFs beside the report, such as the brief."""

from pydantic import BaseModel, ConfigDict


class _Leaflet(BaseModel):
    """A table on a leaflet, which is immutable and refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Brief(_Leaflet):
    """The sections and figures of the book that the brief shows, each as `page#id`.

    Attributes:
        answer: The section with which it opens.
        watch: The sections below its judgements, such as one on what to watch.
        figures: The figures of its second page.
        method: The sections below them, on how the report knows what it says.
    """

    answer: str
    watch: list[str] = []
    figures: list[str] = []
    method: list[str] = []


class Lesson(_Leaflet):
    """The page of the book that is printed as a lesson for a class.

    Attributes:
        page: The name of the page.
        title: What the lesson is, such as "A lesson of an hour", for its head and its download.
        answers: The id of the last section of the page, which has the answers.
    """

    page: str
    title: str
    answers: str
