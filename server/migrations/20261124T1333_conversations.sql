-- Let go with the record.
grant delete on conversations.message, conversations.local_mailbox to app_worker;
