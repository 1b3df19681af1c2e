-- Let go with the record.
grant delete on scheduling.appointment, scheduling.appointment_change, scheduling.call_back to app_worker;
