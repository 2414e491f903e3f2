using Framelane.Infrastructure.Persistence.SqlServer;
using Framelane.Infrastructure.Tests.Schema;

namespace Framelane.Infrastructure.Tests.SqlServer;

public sealed class SqlServerDatabaseOptionsTests
{
    [TestCase(1, 0, 160)]
    [TestCase(1, 1, 130)]
    public void A_database_that_it_can_work_with_is_taken(int snapshot, int durability, int level) =>
        Assert.That(SqlServerDatabaseOptions.FaultOf(snapshot, durability, level), Is.Null);

    [TestCase(0, 0, 160, "READ_COMMITTED_SNAPSHOT ON")]
    [TestCase(1, 2, 160, "DELAYED_DURABILITY = DISABLED")]
    [TestCase(1, 0, 120, "COMPATIBILITY_LEVEL = 130")]
    public void One_that_it_cannot_is_refused_with_the_statement_that_mends_it(int snapshot, int durability, int level, string remedy)
    {
        var fault = SqlServerDatabaseOptions.FaultOf(snapshot, durability, level)!;
        Assert.That(fault, Does.Contain(remedy));
        Assert.That(TransactSql.Parse(fault[fault.IndexOf("ALTER", StringComparison.Ordinal)..]).Errors, Is.Empty);
    }
}
