"""What an installation's shell runs to sell the tickets that the tests of the door show."""

TICKETS = """
import datetime, json, uuid
from festival.models import Day, Edition
from tickets.delivery import signing, tokens
from tickets.models import Ticket, Product
from tickets.orders import placing
product = Product.objects.get(slug="village-jour", edition=Edition.objects.current())
product = Product.objects.select_related("edition").prefetch_related("prices", "days").get(pk=product.pk)
def buy(name, day):
    wish = placing.Wish(
        product=product, day=Day.objects.get(edition=product.edition, date=day), places=1,
        buyer=placing.Buyer(name, "porte@example.org", "fr"), form_token=uuid.uuid4(),
    )
    order = placing.register_free(wish=wish, now=product.sale_opens + datetime.timedelta(days=1))
    tickets = Ticket.objects.select_related("edition", "line__order", "line__day", "line__product")
    ticket = tickets.get(line__order=order)
    return {"token": signing.tokens_for([ticket])[0], "short": tokens.spell_short_code(ticket.short_code)}
print("TICKETS " + json.dumps({
    "filmed": buy("Ines Camera", "2027-05-02"), "typed": buy("Théo Clavier", "2027-05-02"),
    "shown": buy("Lou Écran", "2027-05-02"),
    "reader": buy("Zoé Douchette", "2027-05-02"), "offline": buy("Lou Hors-Ligne", "2027-05-02"),
    "silent": buy("Ada Silence", "2027-05-02"), "portal": buy("Zoé Portail", "2027-05-02"),
    "undone": buy("Noé Annulé", "2027-05-02"), "found": buy("Éléa Batterie", "2027-05-02"),
    "lost": buy("Sam Réponse", "2027-05-02"), "moved": buy("Eva Ailleurs", "2027-05-02"),
    "monday": buy("Max Lundi", "2027-05-03"),
}))
"""
