-- Let go with the record.
grant delete on coverage.patient_coverage to app_worker;
