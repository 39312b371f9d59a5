"""Taking in a course: the archive, and the word that it may be published."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.content.archive import LARGEST_ARCHIVE
from courses.content.parsing import ContentError
from courses.queries.archives import PlannedCourse, plan_import

_PROBLEMS_TOLD = 20


class ArchiveForm(forms.Form):
    """An archive; once it is valid, `plan` says what taking it in would do."""

    archive = forms.FileField(
        label=gettext_lazy("Archive of a course"),
        help_text=gettext_lazy("A ZIP file as “Export” makes it, of up to 19 MB."),
        widget=forms.FileInput({"accept": ".zip,application/zip"}),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    plan: PlannedCourse

    def clean_archive(self) -> Any:
        """Read and check the whole archive; what is wrong is said with its file."""
        archive: UploadedFile = self.cleaned_data["archive"]
        if (archive.size or 0) > LARGEST_ARCHIVE:
            raise forms.ValidationError(_("This file is larger than 19 MB. Nothing was changed."))
        try:
            self.plan = plan_import(archive)
        except ContentError as error:
            raise forms.ValidationError(_told(error)) from None
        return archive


def _told(error: ContentError) -> list[str]:
    told = [str(one) for one in error.problems[:_PROBLEMS_TOLD]]
    more = len(error.problems) - len(told)
    if more:
        told.append(ngettext("… and %(n)d more.", "… and %(n)d more.", more) % {"n": more})
    return [_("Nothing was changed."), *told]
