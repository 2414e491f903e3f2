namespace Framelane.Infrastructure.Persistence.SqlServer;

/// <summary>What a database has to be set to. One that the program makes is.</summary>
static class SqlServerDatabaseOptions
{
    /// <summary>DELAYED_DURABILITY = FORCED. Where it is merely allowed, a commit has to ask for it, and none of ours does.</summary>
    const int Forced = 2;

    /// <summary>The first that knows OPENJSON.</summary>
    const int LeastLevel = 130;

    /// <param name="snapshot">1 where those who read see the last commit and wait for nobody who writes.</param>
    /// <param name="durability">0 disabled, 1 allowed, 2 forced.</param>
    /// <returns>What is wrong and the statement, to be run in that database, that puts it right; null where all is well.</returns>
    public static string? FaultOf(int snapshot, int durability, int level) => (snapshot, durability, level) switch
    {
        (0, _, _) => Fault("makes whoever reads wait for whoever writes", "READ_COMMITTED_SNAPSHOT is off", "READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE"),
        (_, Forced, _) => Fault("confirms what is not on its disk yet", "DELAYED_DURABILITY is FORCED", "DELAYED_DURABILITY = DISABLED"),
        (_, _, < LeastLevel) => Fault("does not know OPENJSON", $"COMPATIBILITY_LEVEL is {level}", $"COMPATIBILITY_LEVEL = {LeastLevel}"),
        _ => null,
    };

    static string Fault(string what, string why, string remedy) => $"The database {what} ({why}); run in it: ALTER DATABASE CURRENT SET {remedy}";
}
