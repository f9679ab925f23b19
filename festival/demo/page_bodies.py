"""What the pages of the demonstration are made of: lists of blocks, every text in both languages."""

from typing import Any

from festival.demo import page_parts as parts
from festival.demo.page_parts import Blocks
from festival.demo.texts import Both, Html, PageRef, both, paragraphs
from program.models import Session, Speaker

PEOPLE = [
    "idriss-ouattara-valmy",
    "nour-al-khaznadar",
    "jonas-hallvardsson",
    "solene-daubrac-tissier",
    "ingrid-ostervang",
    "jeanne-marie-haudrecamp",
    "samira-touaheri",
    "dj-ficelle",
]
HIGH_POINTS = ["lage-des-communs", "prendre-soin", "who-owns-the-algorithm", "grand-debat-mouvant", "nuit-des-communs"]


def home(data: dict[str, Any]) -> Blocks:
    """Return the front page: poster, what is on, the three parts, what to do now, news, practical strip, partners."""
    return [
        (
            "hero",
            {
                "title": Both("", ""),
                "place": Both("Paris, deux lieux", "Paris, two venues"),
                "text": Both(
                    "Du 1er au 4, le Village, gratuit et ouvert à tout le monde. "
                    "Du 5 au 7, le Fest, de 28 à 180 €. Et cinq Prix.",
                    "From 1 to 4 May the Village, free and open to everyone. "
                    "From 5 to 7 May the Fest, €28 to €180. And five Awards.",
                ),
                "bunting": True,
            },
        ),
        ("session_highlights", {"heading": Both("Maintenant et ensuite", "Now and next"), "sessions": []}),
        _section_tiles(),
        (
            "award_call",
            {
                "heading": Both("Où en sont les Prix", "Where the Awards stand"),
                "text": Both("", ""),
                "show_categories": False,
                "page": PageRef("rules"),
                "link_text": Both("Lire le règlement", "Read the rules"),
            },
        ),
        ("news_teaser", {"heading": Both("Actualités", "News"), "count": 3}),
        parts.practical_strip(),
        ("partners", {"heading": Both("Avec le soutien de", "With the support of")}),
    ]


def _section_tiles() -> tuple[str, Any]:
    words = {
        "village": Both("Tout sur le Village", "All about the Village"),
        "fest": Both("Tout sur le Fest", "All about the Fest"),
        "prix": Both("Tout sur les Prix", "All about the Awards"),
    }
    links = [{"section": slug, "text": text} for slug, text in words.items()]
    return ("section_tiles", {"heading": Both("", ""), "links": links})


def village(data: dict[str, Any]) -> Blocks:
    """Return the Village: free entry, today's timetable, stands, doors, the way there, questions."""
    return [
        (
            "ticket_box",
            {
                "section": "village",
                "title": Both("Une journée au Village, gratuite", "A day at the Village, free"),
                "text": Both(
                    "S’inscrire nous aide à compter ; on entre aussi sans.",
                    "Registering helps us count; you can also just come.",
                ),
            },
        ),
        (
            "timetable_extract",
            {"heading": Both("Un jour au Village", "A day at the Village"), "day": None, "section": "village"},
        ),
        ("exhibitors", {"heading": Both("Les stands", "The stands"), "day": None}),
        ("opening_hours", {"heading": Both("Les portes ouvrent", "Doors open"), "section": "village"}),
        ("venues", {"heading": Both("Venir à la Halle", "Getting to Sources Hall"), "section": "village"}),
        parts.faq(data, Both("On nous demande souvent", "People often ask"), "village", "acces"),
    ]


def fest(data: dict[str, Any]) -> Blocks:
    """Return the Fest: passes, high points, people, books, the way there, questions."""
    return [
        (
            "ticket_box",
            {
                "section": "fest",
                "title": Both("Trois prix pour un même pass", "Three prices for the same pass"),
                "text": Both(
                    "Choisissez selon vos moyens, sans justificatif.", "Choose according to your means, no proof asked."
                ),
            },
        ),
        (
            "session_highlights",
            {
                "heading": Both("Les grands rendez-vous", "The high points"),
                "sessions": parts.pks(Session, HIGH_POINTS),
            },
        ),
        (
            "people",
            {
                "heading": Both("Elles et ils prennent la parole", "On stage"),
                "people": parts.pks(Speaker, PEOPLE),
            },
        ),
        parts.sessions_figure(
            "fest",
            parts.count(data, "fest"),
            Both("séances en trois jours, en français et en anglais", "sessions in three days, in French and English"),
        ),
        ("bookshelf", {"heading": Both("La table du libraire", "The bookshop table")}),
        ("venues", {"heading": Both("Venir au Chapiteau", "Getting to the Canal Big Top"), "section": "fest"}),
        parts.faq(data, Both("Billets et remboursements", "Tickets and refunds"), "billets"),
    ]


def prix(data: dict[str, Any]) -> Blocks:
    """Return the Awards: where the call stands, finalists, the jury's question, questions."""
    criterion = data["awards"]["criteria"][0]
    return [
        (
            "award_call",
            {
                "heading": Both("Où en sont les Prix", "Where the Awards stand"),
                "text": Both("", ""),
                "show_categories": True,
                "page": PageRef("rules"),
                "link_text": Both("Lire le règlement", "Read the rules"),
            },
        ),
        ("finalists", {"heading": Both("Les finalistes", "The finalists"), "category": Both("", "")}),
        (
            "quote",
            {
                "text": both(criterion["question"]),
                "author": Both("La grille du jury", "The jury’s scorecard"),
                "role": both(criterion["name"]),
            },
        ),
        parts.faq(data, Both("Vos questions sur les Prix", "Your questions about the Awards"), "prix"),
    ]


def rules(data: dict[str, Any]) -> Blocks:
    """Return the rules: articles, criteria with weights, prizes."""
    awards = data["awards"]
    articles = tuple(both(rule) for rule in awards["rules"])
    criteria = [both(row["name"]) for row in awards["criteria"]]
    weighted = tuple(
        Both(f"{name.fr} : {row['weight']} %", f"{name.en}: {row['weight']}%")
        for name, row in zip(criteria, awards["criteria"], strict=True)
    )
    prizes = tuple(
        Both(f"{row['name']['fr']} : {row['prize']['fr']}", f"{row['name']['en']}: {row['prize']['en']}")
        for row in awards["categories"]
    )
    headings = (Both("Articles", "Articles"), Both("Critères", "Criteria"), Both("Dotations", "Prizes"))
    return [
        ("text", Html("<h2>{}</h2>" + parts.listed("ol", articles), (headings[0], *articles))),
        ("text", Html("<h2>{}</h2>" + parts.listed("ul", weighted), (headings[1], *weighted))),
        ("text", Html("<h2>{}</h2>" + parts.listed("ul", prizes), (headings[2], *prizes))),
    ]


def practical(data: dict[str, Any]) -> Blocks:
    """Return everything to know before coming."""
    return [
        ("opening_hours", {"heading": Both("Horaires", "Opening hours"), "section": ""}),
        ("venues", {"heading": Both("Les lieux", "The venues"), "section": ""}),
        parts.practical_strip(),
        parts.faq(data, Both("Accès et accueil", "Access and welcome"), "acces"),
        parts.faq(data, Both("Billets", "Tickets"), "billets"),
        parts.faq(data, Both("Réutiliser nos données", "Reusing our data"), "donnees"),
    ]


def extras(key: str, data: dict[str, Any], poster: int) -> Blocks:
    """Return the blocks that plain page `key` has below its text."""
    if key == "mentions-legales":
        return [("legal_notice", None)]
    if key != "a-propos":
        return []
    return [
        (
            "picture",
            {
                "image": poster,
                "alt_text": Both(
                    "Quatre demi-disques jaunes et trois fanions orange sur un fil ; dessous, une étoile bleue.",
                    "Four yellow half-discs and three orange pennants on a string; below them, a blue star.",
                ),
                "caption": Both("L’affiche de 2027.", "The 2027 poster."),
            },
        ),
        parts.sessions_figure(
            "village",
            parts.count(data),
            Both("rendez-vous publics en sept jours, dans deux lieux", "public events in seven days, in two venues"),
        ),
        (
            "call_to_action",
            {
                "section": "",
                "heading": Both("Toute la semaine", "The whole week"),
                "text": Both("Tout le programme, jour par jour.", "The whole programme, day by day."),
                "links": [parts.place("programme", Both("Voir le programme", "See the programme"))],
            },
        ),
    ]


NEWS_BODIES: dict[str, Blocks] = {
    "programme-en-ligne": [
        (
            "call_to_action",
            {
                "section": "village",
                "heading": Both("Sept jours, huit espaces", "Seven days, eight spaces"),
                "text": Both("", ""),
                "links": [parts.place("programme", Both("Ouvrir le programme", "Open the programme"))],
            },
        )
    ],
    "douze-finalistes": [("finalists", {"heading": Both("Les douze", "The twelve"), "category": Both("", "")})],
    "microcredit-annule": [
        ("text", paragraphs(Both(
            "Si vous aviez réservé une place, vous n’avez rien à faire : l’entrée du Village reste libre.",
            "If you had booked a seat, there is nothing to do: entry to the Village stays free.",
        ))),
    ],
}  # fmt: skip
