-- Let go with the record.
call platform.wall('privacy.consent', array['app_worker']);
call platform.wall('privacy.disclosure', array['app_worker']);
grant select, delete on privacy.consent, privacy.disclosure, privacy.amendment, privacy.look_review, privacy.legal_hold to app_worker;
