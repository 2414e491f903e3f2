using System.Net;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>First starts on an empty folder that are killed while they make the database; the next start must end what they began.</summary>
sealed class FirstStarts(TemporaryFolder folder, Findings findings, int seed)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Random random = new(seed);
    string reference = "";

    public int Made { get; private set; }

    public int BeforeMigration { get; private set; }

    public int InMigration { get; private set; }

    public int AfterMigration { get; private set; }

    /// <summary>How a database looks whose first start nobody disturbed.</summary>
    public async Task MakeReferenceAsync()
    {
        var data = folder.Sub("undisturbed");
        await using var server = new Server("undisturbed", data);
        server.Start();
        await server.WaitReadyAsync();
        await server.StopAsync();
        using var stored = Stored.Open(data);
        reference = stored.Schema();
    }

    public async Task RunAsync(int count)
    {
        for (; Made < count; Made++)
        {
            var data = folder.Sub($"first-{Made}");
            for (var kills = random.Next(1, 3); kills > 0; kills--)
                await KillWhileItStartsAsync(data);
            await using var server = new Server($"first start {Made}", data);
            server.Start();
            await server.WaitReadyAsync();
            var answer = await server.SendAsync(HttpMethod.Get, "/v1/workspace");
            await server.StopAsync();
            using var stored = Stored.Open(data);
            if (answer.Status != HttpStatusCode.OK || stored.Workspaces() != 1 || stored.Schema() != reference)
            {
                findings.Add(
                    "a first start that was killed left a broken database",
                    $"the first key is answered {(int)answer.Status}, {stored.Workspaces()} workspaces, schema {(stored.Schema() == reference ? "whole" : "not whole")}");
            }
        }
    }

    /// <summary>At a random moment; of a database that is not there yet, mostly from the moment that its first tables are written.</summary>
    async Task KillWhileItStartsAsync(string data)
    {
        await using var server = new Server("first start", data);
        var file = Stored.FileIn(data);
        var isNew = !File.Exists(file);
        server.Start();
        if (isNew)
            await WaitForAsync(random.Next(4) > 0 ? new(file + "-wal") : new(file));
        await Task.Delay(random.Next(isNew ? 80 : 900));
        await server.KillAsync();
        Classify(file, data);
    }

    static async Task WaitForAsync(FileInfo file)
    {
        var until = DateTimeOffset.UtcNow + Patience;
        while (DateTimeOffset.UtcNow < until && !(file.Exists && file.Length > 0))
        {
            await Task.Delay(1);
            file.Refresh();
        }
    }

    /// <summary>EF takes its lock, a row, for as long as it migrates.</summary>
    void Classify(string file, string data)
    {
        if (!File.Exists(file))
        {
            BeforeMigration++;
            return;
        }

        using var stored = Stored.Open(data);
        if (!stored.HasTable("__EFMigrationsLock"))
            BeforeMigration++;
        else if (stored.IsMigrating())
            InMigration++;
        else
            AfterMigration++;
    }
}
