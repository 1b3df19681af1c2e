-- The worker copies the newest head of every organization's trail off this machine: numbers, ids and hashes, so across tenants.
create policy heads_app_worker on platform.audit_seal for select to app_worker using (true);
