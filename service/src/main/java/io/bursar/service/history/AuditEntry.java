package io.bursar.service.history;

import io.bursar.service.view.AuditView;

/** An event of the audit, and where it stands. */
public record AuditEntry(AuditPlace place, AuditView view) {}
