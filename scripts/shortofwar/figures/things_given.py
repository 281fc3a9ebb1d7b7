"""What Belarus gave to Russia's war: which events tell of each thing, and which of none."""

GIVEN, KEPT = "What Belarus gave", "What it kept"
ARMY = "The army at home"
KINDS = ("supply", "basing", "flight", "attack")  # of events on each of which it is decided here
THINGS = {  # the events that tell of each thing given
    "Tanks and vehicles": ["tanks-october", "t72-modernisation", "equipment-211", "equipment-may"],
    "Ammunition, supplies, rail": [
        "supplies",
        "shells-autumn",
        "trains-13",
        "trains-october-11",
        "train-kirovske",
        "arsenals-emptied",
        "rail-supply",
        "rear-services",
    ],
    "Training": [
        "training-mobilised",
        "guards-tank-army-belarus",
        "training-admitted",
        "training-video-december",
        "training-films-later",
    ],
    "Sky and airfields": [
        "airspace-open",
        "airfield-handover",
        "aircraft-machulishchy-february",
        "flight-restrictions",
        "helicopters-bokov",
        "hostomel-landing",
        "russian-flights-belarus",
        "mig-machulishchy",
        "machulishchy-hub",
        "luninets-enlarged",
        "missiles-june-25",
        "su30-baranovichi",
        "awacs-july",
    ],
    "Soil for troops and strikes": [
        "advance-zhytomyr",
        "drone-launches",
        "kulichikha-base",
        "russian-contingent",
        "shelling-rivne-february",
        "strikes-from-belarus",
        "troops-in-belarus",
    ],
    "Hospitals": ["casualties-treated", "field-hospital-november", "field-hospital-second"],
}
NOT_GIVEN = {  # the other events of these kinds, and why they tell of no such thing
    "before the war": [
        "air-duty-2016",
        "bombers-november-2021",
        "gomel-camp-february",
        "gomel-group-formed",
        "rail-upgrade-2020",
        "russian-objects-belarus",
        "training-centre-grodno",
        "tu22-patrol-february",
    ],
    "a trade of decades": ["defence-exports-russia"],
    "a promise or a plan": [
        "fuel-offer-april",
        "regional-grouping",
        "room-for-20000",
        "training-centres-plan",
    ],
    "not from Minsk to the war on Ukraine": [
        "chernobyl-power",
        "iranian-instructors",
        "mercenary-camps",
    ],
    "a withdrawal": ["aircraft-depart-april"],
    "the war itself": [
        "airbase-drones",
        "chernobyl-taken",
        "fighting-donbas",
        "hostomel-taken",
        "invasion",
        "missile-barrage",
        "strikes-kharkiv",
    ],
    "against Belarus, or by its army": ["entry-reported-march", "kopani-strike", "tochka-pripyat"],
}


def thing_of_event() -> dict[str, str]:
    """Return what each event that tells of a thing given tells of."""
    return {event: thing for thing, events in THINGS.items() for event in events}
