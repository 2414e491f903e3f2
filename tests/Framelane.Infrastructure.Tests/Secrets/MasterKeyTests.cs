using System.Security.Cryptography;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Secrets;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Secrets;

public sealed class MasterKeyTests
{
    SqliteDatabase database = null!;

    string File => Path.Combine(database.Folder, "the.key");

    [SetUp]
    public void Prepare() => database = new();

    [TearDown]
    public void Clean() => database.Dispose();

    [Test]
    public async Task A_first_start_makes_a_key_of_32_bytes_that_only_its_user_may_read_in_a_folder_that_only_he_may_enter()
    {
        var folder = Path.Combine(database.Folder, "data");
        await using var host = new TestHost(database, settings: ("Framelane:DataPath", folder));
        await host.InitializeAsync();
        var key = Path.Combine(folder, MasterKey.DefaultFile);
        Assert.That(Convert.FromBase64String((await System.IO.File.ReadAllTextAsync(key)).Trim()), Has.Length.EqualTo(32));
        Assert.Multiple(() =>
        {
            Assert.That(UnixModes.Of(folder), Is.EqualTo(UnixModes.OwnersFolder));
            Assert.That(UnixModes.Of(key), Is.EqualTo(UnixModes.OwnersFile));
            Assert.That(UnixModes.Of(Path.Combine(folder, "api-key")), Is.EqualTo(UnixModes.OwnersFile));
            Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Has.None.Match("(master\\.key|api-key)\\."), "no draft is left behind");
        });
    }

    [Test]
    public async Task A_key_that_is_there_is_used_as_it_is()
    {
        var text = Text(MasterKey.Length);
        await System.IO.File.WriteAllTextAsync(File, text + "\n\n");
        await using (var host = NewHost())
            await host.InitializeAsync();
        Assert.That(await System.IO.File.ReadAllTextAsync(File), Is.EqualTo(text + "\n\n"));
    }

    static IEnumerable<TestCaseData> NoKeys =>
    [
        new TestCaseData("").SetArgDisplayNames("empty"),
        new TestCaseData("not base64!").SetArgDisplayNames("text"),
        new TestCaseData(Text(16)).SetArgDisplayNames("16 bytes"),
        new TestCaseData(Text(31)).SetArgDisplayNames("31 bytes"),
        new TestCaseData(Text(33)).SetArgDisplayNames("33 bytes"),
        new TestCaseData(Text(32) + Text(32)).SetArgDisplayNames("two of them"),
    ];

    [TestCaseSource(nameof(NoKeys))]
    public async Task A_file_that_is_no_key_stops_the_start_with_its_setting_and_without_what_it_holds(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content);
        await using var host = NewHost();
        var refused = (await Assert.ThrowsAsync<MasterKeyException>(host.InitializeAsync))!;
        Assert.That(refused.Message, Does.Contain(SecretsOptions.MasterKeyFileKey).And.Contain(File).And.Contain("32"));
        if (content.Length > 0)
            Assert.That(refused.ToString(), Does.Not.Contain(content));
    }

    [Test]
    public async Task A_folder_in_place_of_the_file_stops_the_start_with_its_setting()
    {
        Directory.CreateDirectory(File);
        await using var host = NewHost();
        Assert.That(host.InitializeAsync, Throws.InstanceOf<MasterKeyException>().With.Message.Contains(SecretsOptions.MasterKeyFileKey));
    }

    [Test]
    public async Task A_file_that_cannot_be_made_stops_the_start_with_its_setting()
    {
        await using var host = NewHost(Path.Combine(database.Folder, "no", "such", "folder", "the.key"));
        Assert.That(host.InitializeAsync, Throws.InstanceOf<MasterKeyException>().With.Message.Contains(SecretsOptions.MasterKeyFileKey));
    }

    [Test]
    public async Task A_file_that_is_gone_while_it_is_needed_stops_the_start_with_its_setting()
    {
        await using (var first = NewHost())
            await first.InitializeAsync();
        System.IO.File.Delete(File);
        await using var host = NewHost();
        Assert.That(host.InitializeAsync, Throws.InstanceOf<MasterKeyException>().With.Message.Contains(SecretsOptions.MasterKeyFileKey));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test]
    public void Where_the_database_is_shared_no_process_makes_a_key_of_its_own()
    {
        var key = new MasterKey(
            Options.Create(new SecretsOptions { MasterKeyFile = File }),
            Options.Create(new DatabaseOptions { Provider = DatabaseOptions.SqlServer }),
            new(Options.Create(new FramelaneOptions { DataPath = database.Folder })),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<MasterKey>.Instance);
        Assert.That(
            async () => await key.EnsureAsync(isNeeded: false, CancellationToken.None),
            Throws.InstanceOf<MasterKeyException>().With.Message.Contains(SecretsOptions.MasterKeyFileKey).And.Message.Contains("openssl rand -base64 32"));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [TestCase(UnixModes.OwnersFile, false)]
    [TestCase(UnixModes.OwnersFile | UnixFileMode.GroupRead, true)]
    [TestCase(UnixModes.OwnersFile | UnixFileMode.OtherRead, true)]
    public async Task A_key_that_others_can_read_is_warned_of(UnixFileMode mode, bool warned)
    {
        await System.IO.File.WriteAllTextAsync(File, Text(MasterKey.Length));
        UnixModes.Set(File, mode);
        await using var host = NewHost();
        await host.InitializeAsync();
        Assert.That(host.Log.Lines.Any(line => line.StartsWith("Warning: Other users", StringComparison.Ordinal)), Is.EqualTo(warned));
    }

    [Test]
    public async Task Keys_derived_for_two_purposes_differ_and_are_the_same_each_time()
    {
        await System.IO.File.WriteAllTextAsync(File, Text(MasterKey.Length));
        await using var host = NewHost();
        await using var other = NewHost();
        var key = host.Get<MasterKey>();
        Assert.That(key.Derive("a"), Has.Length.EqualTo(MasterKey.Length).And.Not.EqualTo(key.Derive("b")));
        Assert.That(key.Derive("a"), Is.EqualTo(other.Get<MasterKey>().Derive("a")));
    }

    TestHost NewHost(string? file = null) => new(database, settings: (SecretsOptions.MasterKeyFileKey, file ?? File));

    static string Text(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));
}
