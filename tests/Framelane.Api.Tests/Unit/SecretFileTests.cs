using Framelane.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Framelane.Api.Tests.Unit;

public sealed class SecretFileTests
{
    const string Key = "Framelane:Database:ConnectionString";

    string folder;

    [SetUp]
    public async Task Write()
    {
        folder = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Framelane__Database__ConnectionString"), "Host=file\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "master.key"), "of another kind");
    }

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_file_in_the_folder_of_secrets_is_the_setting_of_its_name() =>
        Assert.That(Read($"--Framelane:Secrets:Folder={folder}"), Is.EqualTo("Host=file"));

    [Test]
    public void A_file_that_is_named_for_no_setting_is_none() =>
        Assert.That(Build($"--Framelane:Secrets:Folder={folder}")["master.key"], Is.Null);

    [Test]
    public void The_command_line_wins_over_a_file() =>
        Assert.That(Read($"--Framelane:Secrets:Folder={folder}", $"--{Key}=Host=line"), Is.EqualTo("Host=line"));

    [Test]
    public void Without_the_folder_there_are_no_files() =>
        Assert.That(Read($"--Framelane:Secrets:Folder={folder}/none"), Is.Null);

    static string? Read(params string[] arguments) => Build(arguments)[Key];

    static ConfigurationManager Build(params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.AddServer();
        return builder.Configuration;
    }
}
