using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.SqlServer;

public sealed class SqlServerOutageTests
{
    readonly Outages outages = new(new SqlServerProvider("Server=localhost;Database=framelane"));

    TdsServer server = null!;

    [SetUp]
    public void Start() => server = new();

    [TearDown]
    public void Stop() => server?.Dispose();

    [TestCase(-2)]
    [TestCase(1205)]
    [TestCase(4060)]
    [TestCase(18456)]
    [TestCase(3906)]
    [TestCase(976)]
    [TestCase(978)]
    [TestCase(983)]
    [TestCase(922)]
    [TestCase(927)]
    [TestCase(945)]
    [TestCase(6005)]
    [TestCase(17142)]
    public async Task What_the_server_cannot_do_at_the_moment_is_an_outage(int number) =>
        Assert.That(outages.IsOutage(new DbUpdateException("wrapped by EF", await FailureAsync((number, 16)))));

    [TestCase(2627)]
    [TestCase(207)]
    [TestCase(8622)]
    public async Task What_it_refuses_for_good_is_a_bug(int number) =>
        Assert.That(outages.IsOutage(new DbUpdateException("wrapped by EF", await FailureAsync((number, 16)))), Is.False);

    [Test]
    public async Task An_outage_that_is_told_behind_another_error_is_one() => Assert.Multiple(async () =>
    {
        Assert.That(outages.IsOutage(await FailureAsync((207, 16), (3906, 16))));
        Assert.That(outages.IsOutage(await FailureAsync((207, 16), (21, 20))));
    });

    [Test]
    public async Task A_full_pool_is_an_outage()
    {
        var ofOne = new SqlConnectionStringBuilder(server.ConnectionString) { Pooling = true, MaxPoolSize = 1, ConnectTimeout = 1 }.ConnectionString;
        await using var first = new SqlConnection(ofOne);
        await using var second = new SqlConnection(ofOne);
        await first.OpenAsync();
        var full = (await Assert.ThrowsAsync<InvalidOperationException>(() => second.OpenAsync()))!;
        Assert.That(outages.IsOutage(full), $"{full}");
        Assert.That(outages.IsOutage(Assert.Throws<InvalidOperationException>(second.Open)!));
    }

    async Task<SqlException> FailureAsync(params (int Number, byte Class)[] errors)
    {
        server.Answer = _ => TdsServer.Errors(errors);
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand("SELECT 1", connection);
        return (await Assert.ThrowsAsync<SqlException>(() => command.ExecuteNonQueryAsync()))!;
    }
}
