using System.Security.Cryptography;
using Framelane.Infrastructure.Tests.Backplane;
using Framelane.Infrastructure.Tests.Postgres;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>Two nodes of one installation: they share a PostgreSQL, a Redis and a master key, and nothing else.</summary>
public sealed class FleetHostTests
{
    readonly RedisServer redis = new();
    string masterKey = null!;
    ApiHost one = null!;
    ApiHost other = null!;
    Tenant tenant = null!;

    [SetUp]
    public async Task StartAsync()
    {
        masterKey = Path.GetTempFileName();
        await File.WriteAllTextAsync(masterKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var database = PostgresServer.Shared.ConnectionString(PostgresServer.Shared.NewName());
        one = await StartNodeAsync(database);
        other = await StartNodeAsync(database);
        tenant = await one.AddWorkspaceAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        tenant?.Dispose();
        foreach (var host in (ApiHost?[])[one, other])
        {
            if (host is not null)
                await host.DisposeAsync();
        }

        redis.Dispose();
        File.Delete(masterKey);
    }

    /// <remarks>Requests are in flight all the time: whichever is sent after the answer is refused, whatever was read before it.</remarks>
    [Test]
    public async Task A_key_that_is_revoked_on_one_node_is_refused_on_the_other_from_the_answer_on([Values] bool withRedis)
    {
        if (!withRedis)
            redis.Kill();
        for (var round = 0; round < 10; round++)
        {
            var key = await tenant.Client.CreateApiKeyAsync(new() { Name = "Short-lived" });
            using var caller = new Caller(other.Url, key.Key);
            Assert.That((await caller.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
            using var stop = new CancellationTokenSource();
            var revoked = false;
            var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                List<int> late = [];
                while (!stop.IsCancellationRequested)
                {
                    var isLate = Volatile.Read(ref revoked);
                    var status = (await caller.GetAsync("/v1/workspace")).Status;
                    if (isLate)
                        late.Add(status);
                }

                return late;
            })).ToList();

            await tenant.Client.RevokeApiKeyAsync(key.Id);
            Volatile.Write(ref revoked, true);
            Assert.That((await caller.GetAsync("/v1/workspace")).Status, Is.EqualTo(401));
            await stop.CancelAsync();

            Assert.That((await Task.WhenAll(calls)).SelectMany(late => late), Has.All.EqualTo(401));
        }
    }

    Task<ApiHost> StartNodeAsync(string database) => ApiHost.StartAsync(
        ("Framelane:Database:Provider", "postgres"),
        ("Framelane:Database:ConnectionString", database),
        ("Framelane:Redis:ConnectionString", redis.ConnectionString),
        ("Framelane:Secrets:MasterKeyFile", masterKey));
}
