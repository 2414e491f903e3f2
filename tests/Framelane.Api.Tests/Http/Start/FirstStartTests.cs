using System.Runtime.Versioning;

namespace Framelane.Api.Tests.Http.Start;

[UnsupportedOSPlatform("windows")]
public sealed class FirstStartTests
{
    const string Bootstrap = "fl_live_configured-by-the-operator_0123456789";

    readonly DataFolder data = new();

    [TearDown]
    public void Leave() => data.Dispose();

    [Test]
    public async Task Of_many_processes_started_at_once_one_makes_the_workspace_and_its_key()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => ApiProcess.Start(("Framelane:DataPath", data.Path))).ToArray();
        try
        {
            var urls = await Task.WhenAll(processes.Select(process => process.UrlAsync()));
            var key = (await File.ReadAllTextAsync(data.ApiKeyFile)).Trim();
            var ids = new List<string>();
            foreach (var url in urls)
            {
                using var tenant = new Tenant(key, url);
                ids.Add((await tenant.Client.GetWorkspaceAsync()).Id);
            }

            Assert.Multiple(() =>
            {
                Assert.That(ids.Distinct(), Has.Exactly(1).Items);
                Assert.That(() => data.Database.CountAsync("workspaces"), Is.EqualTo(1));
                Assert.That(() => data.Database.CountAsync("api_keys"), Is.EqualTo(1));
                Assert.That(() => data.Database.CountAsync("audit_log"), Is.EqualTo(2));
                Assert.That(processes.Select(process => process.Output), Has.All.Not.Contains(key));
                Assert.That(File.GetUnixFileMode(data.ApiKeyFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
                Assert.That(File.GetUnixFileMode(Path.Combine(data.Path, "master.key")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            });
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }

        // A later start finds all that, and a key that is configured only now is nobody's.
        await using var later = ApiProcess.Start(("Framelane:DataPath", data.Path), ("Framelane:Bootstrap:ApiKey", Bootstrap));
        using var stranger = new Tenant(Bootstrap, await later.UrlAsync());
        Assert.That((await stranger.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(401));
        Assert.That(await data.Database.CountAsync("api_keys"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_watches_no_folder()
    {
        await using var process = ApiProcess.Start(("Framelane:DataPath", data.Path));
        await process.UrlAsync();
        Assert.That(process.CountWatches(), Is.Zero);
    }

    [Test]
    public async Task A_configured_key_works_and_is_neither_written_nor_printed()
    {
        await using var process = ApiProcess.Start(
            ("Framelane:DataPath", data.Path), ("Framelane:Bootstrap:ApiKey", Bootstrap), ("Logging:LogLevel:Default", "Trace"));
        using var tenant = new Tenant(Bootstrap, await process.UrlAsync());

        await tenant.Client.GetWorkspaceAsync();

        Assert.Multiple(() =>
        {
            Assert.That(process.Output, Does.Contain("dbug:").And.Not.Contain(Bootstrap));
            Assert.That(data.Files.Select(file => file.Name), Does.Not.Contain("api-key").And.Contain("framelane.db"));
            Assert.That(data.Files.Where(file => Needles.Of(Bootstrap).AreIn(ReadShared(file))), Is.Empty);
        });
    }

    static byte[] ReadShared(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
