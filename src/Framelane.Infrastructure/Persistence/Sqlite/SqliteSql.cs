namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>The statements that EF cannot say.</summary>
static class SqliteSql
{
    public const string AppliedMigrations = "SELECT MigrationId FROM __EFMigrationsHistory";

    public const string JournalMode = "PRAGMA journal_mode = WAL;";

    public const string MigrationLockExists = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'";

    public const string ClearMigrationLock = "DELETE FROM __EFMigrationsLock";

    /// <summary>
    /// {0} is now. The count is the index's alone, which knows no leases: what is being attempted counts too. The oldest is the oldest that
    /// nobody has leased, found by hopping from lane to lane.
    /// </summary>
    public const string Queues = """
        WITH RECURSIVE hop(lane) AS (
            SELECT min(lane) FROM deliveries WHERE state = 0
            UNION ALL
            SELECT (SELECT min(d.lane) FROM deliveries d WHERE d.state = 0 AND d.lane > hop.lane) FROM hop WHERE hop.lane IS NOT NULL
        )
        SELECT 'delivery' AS Kind, (SELECT count(*) FROM deliveries WHERE state = 0 AND next_attempt_at <= {0}) AS Depth, (
            SELECT min(due) FROM (
                SELECT (
                    SELECT d.next_attempt_at FROM deliveries d
                    WHERE d.state = 0 AND d.lane = hop.lane AND d.next_attempt_at <= {0} AND d.claimable_at <= {0}
                    ORDER BY d.next_attempt_at LIMIT 1) AS due
                FROM hop WHERE hop.lane IS NOT NULL)) AS Oldest
        UNION ALL
        SELECT 'job', count(*), min(claimable_at) FROM jobs WHERE status IN (0, 1, 2) AND claimable_at <= {0}
        UNION ALL
        SELECT 'asset', count(*), min(claimable_at) FROM assets WHERE status IN (1, 2) AND claimable_at <= {0}
        UNION ALL
        SELECT 'mail', count(*), min(created_at) FROM mails
        UNION ALL
        SELECT 'minutes', count(*), min(completed_at)
        FROM (
            SELECT completed_at FROM metered_renders WHERE counted_at IS NULL
            UNION ALL
            SELECT made_at FROM meter_reports WHERE due_at IS NOT NULL) waiting
        """;

    const string RandomDigit = "substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (random() & 31), 1)";

    /// <summary>A new attempt only where the one before it was made. {0} is the webhook, {1} from, {4} until, {2} now, {3} the beginning of an attempt id of now.</summary>
    public static readonly string Recover =
        $$"""
        UPDATE deliveries SET
            attempt_id = CASE WHEN state = 2 THEN {3} || {{string.Join(" || ", Enumerable.Repeat(RandomDigit, 16))}} ELSE attempt_id END,
            attempt_number = CASE WHEN state = 2 THEN attempt_number + 1 ELSE attempt_number END,
            state = 0,
            step = CASE WHEN {{Running}} THEN -1 ELSE 0 END,
            scheduled_at = CASE WHEN {{Running}} THEN scheduled_at ELSE {2} END,
            next_attempt_at = CASE WHEN {{Running}} THEN next_attempt_at ELSE {2} END,
            claimable_at = CASE WHEN {{Running}} THEN claimable_at ELSE {2} END,
            fence = CASE WHEN {{Running}} THEN fence ELSE fence + 1 END
        WHERE webhook_id = {0} AND created_at >= {1} AND created_at < {4} AND one_shot = 0 AND state IN (0, 2, 3)
        """;

    /// <summary>An attempt at it runs, or soon will, though its webhook may have been disabled since: what follows that is at the start of the schedule.</summary>
    const string Running = "state IN (0, 3) AND claimable_at > next_attempt_at AND claimable_at > {2}";
}
