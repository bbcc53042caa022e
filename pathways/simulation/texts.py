"""The invented texts. Each says that it is example data, wherever it may be shown."""

from random import Random

from pathways.simulation.world import EXAMPLE

PATIENT_PERSPECTIVES = ("representative", "interviews", "survey", "patient_board")
CAUSES = ("competence", "staffing", "routine", "it", "equipment", "agreement", "municipality", "capacity")
MEASURES = (
    "Utbilda personalen i vårdförloppet",
    "Skriv en gemensam rutin för remiss och återremiss",
    "Inför en journalmall med vårdförloppets åtgärder",
    "Utse en kontaktsjuksköterska på enheten",
    "Boka uppföljning redan vid utskrivning",
    "Avtala om fast vårdkontakt med kommunen",
    "Ta fram patientinformation på lätt svenska",
    "Börja mäta ledtiden från remiss till besök",
)
STATES = (
    "Görs på olika sätt beroende på vem som arbetar",
    "Görs i dag men dokumenteras inte",
    "Saknar utsedd ansvarig",
    "Fungerar vardagar, inte helger",
    "Ingen överlämning till nästa vårdgivare",
)
ACTIVITIES = (
    ("Utbildningsdag för berörda enheter", "training", 120_000, 20_000),
    ("Gemensam rutin för remiss och överlämning", "routine", 30_000, 0),
    ("Journalmall för vårdförloppets åtgärder", "record_template", 85_000, 10_000),
    ("Kontaktsjuksköterska på halvtid", "staffing", 0, 390_000),
    ("Överenskommelse med kommunerna om överlämning", "agreement", 15_000, 0),
    ("Patientinformation och kallelser i ny form", "communication", 40_000, 5_000),
    ("Fasa ut dubbla kontroller", "phase_out", 10_000, 0),
    ("Månatlig mätning av ledtider", "measurement", 25_000, 15_000),
)
LATER_ACTIVITIES = (
    ("Handledning på plats efter första loopen", "training", 45_000, 0),
    ("Ändrad rutin efter enheternas synpunkter", "routine", 12_000, 0),
    ("Kompletterande mätning på vårdcentralerna", "measurement", 18_000, 6_000),
)
OUTCOMES = (
    "Klart",
    "Klart, efter ett möte med enheten",
    "Klart, underlaget ligger i projektmappen",
    "Klart, tog längre tid än tänkt",
)
LESSONS = {
    "continue": ("Arbetet går enligt plan och enheterna vill fortsätta", "Första effekterna syns, fortsätt som förut"),
    "adjust": (
        "Rutinen används inte på kvällar, planen behöver ändras",
        "Mätningarna är för glesa, en aktivitet läggs till",
    ),
    "pause": ("Personalbrist på enheterna, arbetet får vila", "Ny journalmall kommer, vänta in den"),
    "finish": ("Förändringen håller vid tre mätningar i rad", "Enheterna arbetar enligt vårdförloppet utan stöd"),
}
THEORIES = (
    "Om alla får utbildningen så används planen, därför att de vet hur",
    "Om rutinen ligger i journalmallen så följs den, därför att ingen behöver komma ihåg den",
)
TOLD = {
    "changed": ("Utbildningen kortades till en timme", "Vi började på en enhet i stället för två"),
    "patients": ("Skönt att slippa berätta samma sak två gånger", "Jag fick veta vem jag skulle ringa"),
    "staff": ("Tar längre tid första veckan, sedan går det fort", "Mallen är lätt att hitta"),
    "learned": ("Att börja på en enhet och visa resultatet fungerar", "Utan chefens stöd händer inget på kvällarna"),
    "why": ("Fler enheter behöver prova innan vi vet", "Det går åt rätt håll men långsamt"),
    "change": ("Kortare pass på arbetstid", "Påminnelse i journalmallen"),
    "summary": ("Idén håller, och två enheter till vill börja", "Vi är på väg men behöver mer tid på kvällarna"),
}
"""What is written in a learning loop that is held in full."""

EVALUATIONS = (
    "Kortare väntan och färre dubbla undersökningar; överlämningen till kommunerna tog längst tid",
    "Enheterna arbetar lika nu; mätningen borde ha börjat tidigare",
)
REASONS = {
    "baseline": "Värdena före start räcker, och inget annat ändrades då",
    "snooze": "Enheten har semestrar, behöver två veckor till",
    "skip": "Görs redan i ett annat arbete",
    "excuse": "Enheten träffar för få patienter i gruppen",
    "waive": "Enheterna har lämnat sina synpunkter vid mötet",
    "wave": "Smittläget gör att möten och utbildning inte kan hållas",
    "back": "Läget tillåter möten igen",
    "mistake": "Registrerat på fel införande",
    "no_effect": "Ändringen gäller ett steg som regionen redan arbetar enligt",
    "late_response": "Remisstiden gick ut innan regionstyrelsen hann besluta",
    "report": "Läget till KSG och LG-HS: två aktiviteter klara, en sen",
    "slipped": "Mätningen visar att arbetssättet har glidit tillbaka",
}


def said(text: str) -> str:
    """Return an invented text with its mark."""
    return f"{text} ({EXAMPLE})"


def pick(dice: Random, texts: tuple[str, ...]) -> str:
    """Return one of the texts, marked."""
    return said(dice.choice(texts))


def register_no(dice: Random, year: int) -> str:
    """Return an invented register number; its form is nobody's."""
    return f"EXEMPELDATA {year}/{dice.randint(100, 999)}"
