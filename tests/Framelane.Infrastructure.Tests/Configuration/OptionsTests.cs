using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Configuration;

/// <summary>A wrong value stops the start with a message that names its key, and shows nothing that may be a password.</summary>
public sealed class OptionsTests
{
    const string Password = "hunter2hunter2";

    static readonly (string, string) Server = ("Framelane:Database:Provider", "sqlserver");
    static readonly (string, string) MailHost = ("Framelane:Smtp:Host", "localhost");

    static readonly (string, string) S3 = ("Framelane:Storage:Provider", "s3");
    static readonly (string, string) Bucket = ("Framelane:Storage:S3:Bucket", "media");

    static IEnumerable<TestCaseData> WrongValues()
    {
        yield return Wrong("Framelane:DataPath", "");
        yield return Wrong("Framelane:DataPath", "   ");
        yield return Wrong("Framelane:DefaultPlan", "gold");
        yield return Wrong("Framelane:DefaultPlan", "7");
        yield return Wrong("Framelane:Roles", "api,chef");
        yield return Wrong("Framelane:Database:Provider", "oracle");
        yield return Wrong("Framelane:Database:ConnectionString", null, ("Framelane:Database:Provider", "postgres"));
        yield return Wrong("Framelane:Database:ConnectionString", $"Host=db;Password={Password}", ("Framelane:Database:Provider", "postgres"));
        yield return Wrong("Framelane:Database:Provider", "");
        yield return Wrong("Framelane:Database:ConnectionString", "no connection string " + Password);
        yield return Wrong("Framelane:Database:ConnectionString", $"Data Source=:memory:;Password={Password}");
        yield return Wrong("Framelane:Database:ConnectionString", $"Data Source=a.db;Mode=Memory;Password={Password}");
        yield return Wrong("Framelane:Database:ConnectionString", $"Password={Password}");
        yield return Wrong("Framelane:Database:ConnectionString", $"Data Source=a.db;Colour=blue;Password={Password}");
        yield return Wrong("Framelane:Database:ConnectionString", "", Server);
        yield return Wrong("Framelane:Database:ConnectionString", $"Server=db;Password={Password}", Server);
        yield return Wrong("Framelane:Database:ConnectionString", $"Database=framelane;Password={Password}", Server);
        yield return Wrong("Framelane:Database:ConnectionString", $"Server=db;Database=framelane;Colour=blue;Password={Password}", Server);
        yield return Wrong("Framelane:Secrets:MasterKeyFile", null, Server, ("Framelane:Database:ConnectionString", $"Server=db;Database=framelane;Password={Password}"));
        yield return Wrong("Framelane:Secrets:MasterKeyFile", " ");
        yield return Wrong("Framelane:Secrets:Folder", "/no/such/folder");
        yield return Wrong("Framelane:Bootstrap:ApiKey", Password);
        yield return Wrong("Framelane:Bootstrap:ApiKey", "fl_live_" + Password);
        yield return Wrong("Framelane:Bootstrap:ApiKey", "fl_live_" + Password + "/" + new string('x', 40));
        yield return Wrong("Framelane:Smtp:From", "nobody at all <");
        yield return Wrong("Framelane:Smtp:Host", " ");
        yield return Wrong("Framelane:Smtp:Port", "0", MailHost);
        yield return Wrong("Framelane:Smtp:Port", "65536", MailHost);
        yield return Wrong("Framelane:Smtp:Port", "many", MailHost);
        yield return Wrong("Framelane:Smtp:UseTls", "perhaps", MailHost);
        yield return Wrong("Framelane:Smtp:Password", Password, MailHost);
        yield return Wrong("Framelane:Smtp:User", "mailer", MailHost);
        yield return Wrong("Framelane:Redis:ConnectionString", "");
        yield return Wrong("Framelane:Redis:ConnectionString", $"password={Password}");
        yield return Wrong("Framelane:Redis:ConnectionString", $"redis:6379,password={Password},colour=blue");
        yield return Wrong("Framelane:Redis:ConnectionString", $"redis:6379,password={Password},ssl=perhaps");
        yield return Wrong("Framelane:Redis:Prefix", "");
        yield return Wrong("Framelane:Redis:Prefix", "two words");
        foreach (var url in new[] { "", "/files", "ftp://files.test", "https://user@files.test", "https://files.test/?a=b", "https://files.test/#a" })
            yield return Wrong("Framelane:PublicUrl", url);
        yield return Wrong("Framelane:Storage:Provider", "tape");
        yield return Wrong("Framelane:Storage:Provider", "");
        yield return Wrong("Framelane:Storage:OutputRetention", "00:00:00");
        yield return Wrong("Framelane:Storage:OutputRetention", "a month");
        yield return Wrong("Framelane:Storage:OutputRetention", "2592000");
        yield return Wrong("Framelane:Storage:AssetRetention", "-1.00:00:00");
        yield return Wrong("Framelane:Storage:AssetRetention", "36500.00:00:00.0000001");
        yield return Wrong("Framelane:Storage:MinFreeBytes", "-1");
        yield return Wrong("Framelane:Storage:MinFreeBytes", "2 GiB");
        yield return Wrong("Framelane:Storage:S3:Bucket", " ", S3);
        yield return Wrong("Framelane:Storage:S3:Region", null, S3, ("Framelane:Storage:S3:Bucket", "media"));
        yield return Wrong("Framelane:Storage:S3:Endpoint", "minio:9000", S3, Bucket);
        yield return Wrong("Framelane:Storage:S3:Endpoint", $"https://me:{Password}@minio:9000", S3, Bucket);
        yield return Wrong("Framelane:Storage:S3:ForcePathStyle", "perhaps", S3, Bucket);
        yield return Wrong("Framelane:Storage:S3:AccessKey", "AKIA", S3, Bucket);
        yield return Wrong("Framelane:Storage:S3:SecretKey", Password, S3, Bucket);
        yield return Wrong("Framelane:Media:MaxSourceBytes", "0");
        yield return Wrong("Framelane:Media:MaxJobBytes", "5368709119");
        yield return Wrong("Framelane:Media:MaxJobDuration", "00:00:00");
        yield return Wrong("Framelane:Media:MaxJobDuration", "8.00:00:00");
        yield return Wrong("Framelane:Media:JobLease", "00:00:04.9");
        yield return Wrong("Framelane:Media:JobLease", "00:10:01");
        yield return Wrong("Framelane:Media:MaxConcurrentJobs", "0");
        yield return Wrong("Framelane:Media:FfmpegPath", " ");
        yield return Wrong("Framelane:Previews:TimeLimit", "00:00:00");
        yield return Wrong("Framelane:Previews:TimeLimit", "00:10:01");
        yield return Wrong("Framelane:Previews:Concurrency", "0");
        yield return Wrong("Framelane:Previews:MaxWait", "-00:00:01");
        yield return Wrong("Framelane:Previews:MaxPictureBytes", "1048575");
        yield return Wrong("Framelane:Previews:MaxPictureBytes", "2147483649");
        yield return Wrong("Framelane:Media:FfprobePath", " ");
        yield return Wrong("Framelane:Outbound:AllowHttp", "perhaps");
        yield return Wrong("Framelane:Outbound:AllowedNetworks:0", "10.0.0.1/8");
        foreach (var (key, value) in new[]
        {
            ("Timeout", "00:00:00"), ("Timeout", "00:01:01"), ("Timeout", "soon"), ("RetrySchedule:0", "-00:00:01"), ("RetrySchedule:0", "31.00:00:00"),
            ("PermitLifetime", "00:00:00"), ("PermitLifetime", "00:00:11"), ("MaxConcurrency", "0"), ("MaxConcurrency", "100001"),
            ("MaxConcurrencyPerEndpoint", "0"), ("MaxConcurrencyPerEndpoint", "10001"), ("DisableAfter", "00:00:00"), ("DisableAfter", "864000"),
            ("AttemptRetention", "00:59:59"), ("AttemptRetention", "2592000"),
        })
            yield return Wrong($"Framelane:Webhooks:{key}", value);
    }

    [TestCaseSource(nameof(WrongValues))]
    public async Task A_wrong_value_stops_the_start_with_its_key(string key, string? value, (string Key, string Value)[] others)
    {
        using var database = new SqliteDatabase();
        var failure = await StartAsync(database, [.. others, (key, value)]);
        Assert.That(failure, Is.Not.Null, "It started.");
        Assert.That(failure!.Message, Does.Contain(key));
        Assert.That(failure.ToString(), Does.Not.Contain(Password));
    }

    [Test]
    public async Task Right_values_stop_nothing()
    {
        using var database = new SqliteDatabase();
        var failure = await StartAsync(
            database,
            [
                ("Framelane:DefaultPlan", "pro"), ("Framelane:Roles", "api"), ("Framelane:Bootstrap:ApiKey", "fl_live_" + new string('x', 32)), MailHost,
                ("Framelane:Smtp:User", "mailer"), ("Framelane:Smtp:Password", Password), ("Framelane:Smtp:Port", "25"), ("Framelane:Smtp:UseTls", "false"),
                ("Framelane:Webhooks:PermitLifetime", "00:00:00.050"), ("Framelane:Webhooks:RetrySchedule:0", "00:00:00"), ("Framelane:Webhooks:RetrySchedule:1", "00:00:01"),
                ("Framelane:Redis:ConnectionString", $"one:6379,two:6379,password={Password},ssl=true"), ("Framelane:Redis:Prefix", "eu:framelane"),
                ("Framelane:PublicUrl", "https://media.framelane.test/api"), S3, Bucket, ("Framelane:Storage:S3:Region", "eu-central-1"),
                ("Framelane:Storage:S3:AccessKey", "AKIA"), ("Framelane:Storage:S3:SecretKey", Password), ("Framelane:Storage:AssetRetention", "90"),
                ("Framelane:Storage:OutputRetention", "36500"), ("Framelane:Webhooks:AttemptRetention", "36500"), ("Framelane:Webhooks:DisableAfter", "36500"),
                ("Framelane:Media:MaxSourceBytes", "1000000"), ("Framelane:Media:MaxJobDuration", "00:10:00"), ("Framelane:Media:FontPaths:0", "/fonts"),
            ]);
        Assert.That(failure, Is.Null);
    }

    [Test]
    public async Task A_data_path_that_is_no_folder_stops_the_start_with_its_key()
    {
        using var database = new SqliteDatabase();
        var file = Path.Combine(database.Folder, "file");
        await File.WriteAllTextAsync(file, "");
        await using var host = new TestHost(database, settings: ("Framelane:DataPath", file));
        Assert.That(host.InitializeAsync, Throws.Exception.With.Message.Contains("Framelane:DataPath"));
    }

    [Test]
    public async Task A_database_in_a_folder_that_is_not_there_stops_the_start_with_its_key()
    {
        using var database = new SqliteDatabase();
        var missing = Path.Combine(database.Folder, "missing", "framelane.db");
        await using var host = new TestHost(database, settings: ("Framelane:Database:ConnectionString", $"Data Source={missing};Password={Password}"));
        var failure = await Assert.CatchAsync(host.InitializeAsync);
        Assert.That(failure!.Message, Does.Contain("Framelane:Database:ConnectionString"));
        Assert.That(failure.ToString(), Does.Not.Contain(Password));
    }

    [Test]
    public void Options_that_hold_a_secret_do_not_print_it()
    {
        Assert.That($"{new BootstrapOptions { ApiKey = Password }}", Does.Not.Contain(Password));
        Assert.That($"{new RedisOptions { ConnectionString = Password }}", Does.Not.Contain(Password));
        Assert.That($"{new S3Options { Bucket = "media", AccessKey = "AKIA", SecretKey = Password }}", Does.Not.Contain(Password));
        Assert.That($"{new StripeOptions { ApiKey = Password, SigningSecret = Password }}", Does.Not.Contain(Password));
        Assert.That($"{new SmtpOptions { Host = "mail", User = "mailer", Password = Password }}", Does.Not.Contain(Password));
    }

    static TestCaseData Wrong(string key, string? value, params (string, string)[] others) =>
        new TestCaseData(key, value, others).SetArgDisplayNames($"{key}={value?.Replace(Password, "…", StringComparison.Ordinal)}", $"{others.Length}");

    /// <summary>What the host does before anything else of it starts.</summary>
    static async Task<Exception?> StartAsync(SqliteDatabase database, IEnumerable<(string Key, string? Value)> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(database.Settings)
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        try
        {
            var services = new ServiceCollection();
            services.AddSingleton<IConfiguration>(configuration);
            services.AddLogging();
            services.AddInfrastructure(configuration);
            await using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
