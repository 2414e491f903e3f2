namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>An installation that clients reach below a path, which a proxy takes off.</summary>
public sealed class PublicPathTests
{
    static readonly (string, string) Key = ("Idempotency-Key", "once");

    ApiHost host = null!;

    [SetUp]
    public async Task StartAsync() => host = await ApiHost.StartAsync(("Framelane:Roles", "api"), ("Framelane:PublicUrl", "http://127.0.0.1:9/base"));

    [TearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task What_was_made_is_found_below_the_path_and_at_a_repeat_too()
    {
        const string Scene = """{"output_format": "png", "width": 64, "height": 32}""";
        var first = await host.First.Raw.PostAsync("/v1/renders", Scene, Key);
        var again = await host.First.Raw.PostAsync("/v1/renders", Scene, Key);
        Assert.That((first.Status, again.Status), Is.EqualTo((202, 200)));
        Assert.That((string?[])[first.Header("Location"), again.Header("Location")], Is.All.EqualTo($"/base/v1/renders/{first.Json["id"]}"));
    }

    [Test]
    public async Task The_documentation_leads_to_a_page_below_the_path() =>
        Assert.That((await host.Nobody.GetAsync("/docs")).Header("Location"), Is.EqualTo("/base/docs/index.html?url=/base/openapi.json"));
}
