-- What one person did, newest first. Visitors and patients, who book, do not pay for it.
create index audit_event_by_person on platform.audit_event (organization_id, actor_id, id)
  where actor_kind in ('front_desk', 'scheduler', 'nurse', 'clinician', 'biller', 'quality_manager', 'practice_admin', 'auditor', 'client');
