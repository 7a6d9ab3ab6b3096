"""Imports for programs: send a workbook, ask what became of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.jobs.models import Job, JobState
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from volunteers.imports.domain import shown_fault, take_workbook_at_once
from volunteers.imports.models import ImportKind, ImportRun, Stage
from volunteers.imports.queries import RunQuerySet

__all__ = ["ImportViewSet"]

_MOST_REFUSED = 10_000


class RefusedRowSerializer(serializers.Serializer[Any]):
    """A row that was not taken; ``row`` as the spreadsheet counts."""

    row = serializers.IntegerField()
    field = serializers.CharField()
    message = serializers.CharField()
    code = serializers.CharField()


class ImportSerializer(serializers.ModelSerializer[ImportRun]):
    """``state`` is waiting, running, done, failed or cancelled; ``done`` counts rows read."""

    committee = serializers.CharField(source="committee.code", read_only=True)
    state = serializers.SerializerMethodField()
    done = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()
    refused = serializers.SerializerMethodField()
    refused_count = serializers.IntegerField(source="refused", read_only=True)

    class Meta:
        model = ImportRun
        fields = [
            "id",
            "kind",
            "committee",
            "file_name",
            "sha256",
            "state",
            "rows",
            "done",
            "accepted",
            "unchanged",
            "already",
            "refused_count",
            "refused",
            "error",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_state(self, run: ImportRun) -> str:
        """The job's, while it can be seen; another person's import shows how far it got."""
        if run.stage == Stage.DONE:
            return str(JobState.DONE)
        job = self._job(run)
        if job is None or job.state == JobState.DONE:
            return str(JobState.WAITING)
        return str(job.state)

    def get_done(self, run: ImportRun) -> int:
        """Rows read so far."""
        if run.stage == Stage.DONE:
            return run.rows
        job = self._job(run)
        return job.done if job else 0

    def get_error(self, run: ImportRun) -> str:
        """Why the file as a whole was not taken; empty otherwise."""
        job = self._job(run)
        return job.error if job and run.stage != Stage.DONE else ""

    @extend_schema_field(RefusedRowSerializer(many=True))
    def get_refused(self, run: ImportRun) -> Any:
        """The first ten thousand; ``refused_count`` says how many there are."""
        if run.stage != Stage.DONE:
            return []
        faults = run.faults.after(0)[:_MOST_REFUSED]
        rows = [shown_fault(run.kind, fault) for fault in faults]
        return RefusedRowSerializer(rows, many=True).data

    def _job(self, run: ImportRun) -> Job | None:
        """Asked once for all the fields that need it."""
        if run.job_id not in self._jobs:
            self._jobs[run.job_id] = Job.objects.filter(pk=run.job_id or 0).first()
        return self._jobs[run.job_id]

    @cached_property
    def _jobs(self) -> dict[int | None, Job | None]:
        return {}


class NewImportSerializer(serializers.Serializer[Any]):
    """A workbook to bring in.

    By sending a roster the organisation declares that everyone listed agreed to be registered.
    The same ``nonce`` again answers with the first import.
    """

    kind = serializers.ChoiceField(choices=ImportKind.choices)
    committee = serializers.CharField(max_length=20)
    file = serializers.FileField(allow_empty_file=True)
    nonce = serializers.UUIDField(required=False)


class ImportViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[ImportRun]):
    """Imports at or below the own committee: state, rows, accepted, what was refused and why."""

    action_needed = "imports.view"
    serializer_class = ImportSerializer
    parser_classes = [MultiPartParser]
    queryset = ImportRun.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> RunQuerySet:
        """Below the own committee."""
        path = actor_of(self.request._request).scope.committee
        return ImportRun.objects.below(path).with_committee()

    @extend_schema(request=NewImportSerializer, responses={202: ImportSerializer})
    def create(self, request: Request) -> Response:
        """Takes the workbook in; ask at ``Location`` what became of it."""
        sent = NewImportSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actor = actor_of(request._request)
        open_today = Committee.objects.below(actor.scope.committee).existing_on(
            timezone.localdate()
        )
        committee = get_object_or_404(open_today, code=sent.validated_data["committee"])
        run = take_workbook_at_once(
            sent.validated_data["file"],
            kind=ImportKind(sent.validated_data["kind"]),
            committee=committee,
            actor=actor,
            nonce=sent.validated_data.get("nonce") or uuid4(),
        )
        where = reverse("api:import-detail", args=[run.pk], request=request)
        return Response(
            self.get_serializer(run).data,
            status=status.HTTP_202_ACCEPTED,
            headers={"Location": where},
        )
