-- For the state a patient lives in, which a clinician's licence asks about: the owner of the tables, who cannot log in.
create policy counted_by_owner on record.resource for select to current_user using (organization_id = (select platform.organization_id()));
