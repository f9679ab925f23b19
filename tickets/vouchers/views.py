"""The office's screen that makes many codes at once."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from festival.cms.editions import chosen_edition
from festival.cms.recorded import actor_of
from festival.time import clock
from tickets.vouchers import making
from tickets.vouchers.forms import SeriesForm

ADD = "tickets.add_voucher"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ADD, raise_exception=True)
def make_many(request: HttpRequest) -> HttpResponse:
    """Ask how many codes of which kind; POST makes them and leads to their list, which exports them."""
    form = SeriesForm(request.POST or None, edition=chosen_edition(request), for_user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        series = making.Series(form.instance, list(data["products"]), data["count"], data["prefix"])
        made = making.make_many(series=series, actor=actor_of(request), now=clock.now())
        told = {"count": len(made)}
        sentence = ngettext("%(count)s code is made.", "%(count)s codes are made.", len(made)) % told
        wanted = {"edition": form.instance.edition_id, "tag": data["tag"]}
        shown = f"{reverse('vouchers:index')}?{urlencode(wanted)}"
        sheet = messages.button(f"{shown}&export=csv", _("Download as CSV"))
        messages.success(request, sentence, buttons=[sheet])
        return redirect(shown)
    return render(request, "tickets/office/many_codes.html", {"form": form}, status=422 if form.errors else 200)
