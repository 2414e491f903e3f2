using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>What every answer carries, and what one to our own fault does not.</summary>
public sealed class HeaderTests
{
    static ApiHost host = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        var broken = new Mock<IAuditLog>(MockBehavior.Strict);
        host = await ApiHost.StartAsync(services => services.AddScoped(_ => broken.Object), ("Framelane:Limits:BodyBytes", "1024"));
    }

    [OneTimeTearDown]
    public static Task StopAsync() => host.DisposeAsync().AsTask();

    [TestCase("GET", "/v1/workspace", 200)]
    [TestCase("DELETE", "/v1/workspace/previous-secret", 204)]
    [TestCase("GET", "/v1/capabilities", 200)]
    [TestCase("GET", "/health", 200)]
    [TestCase("GET", "/openapi.json", 200)]
    [TestCase("GET", "/docs", 302)]
    [TestCase("GET", "/nothing", 404)]
    [TestCase("GET", "/v1/webhooks/wh_x", 404)]
    [TestCase("PUT", "/v1/webhooks", 405)]
    [TestCase("PATCH", "/v1/workspace", 422, "{\"name\": 1}")]
    [TestCase("PATCH", "/v1/workspace", 400, "{")]
    [TestCase("PATCH", "/v1/workspace", 413, null)]
    [TestCase("GET", "/v1/workspace/audit-log", 500)]
    public async Task Every_answer_says_how_much_is_left_and_what_finds_it_in_the_logs(string method, string path, int status, string? body = "")
    {
        body ??= new string(' ', 1025);
        var answer = await host.First.Raw.SendAsync(method, path, body.Length > 0 ? body : null);

        Assert.That(answer.Status, Is.EqualTo(status));
        AssertHeaders(answer);
    }

    [Test]
    public async Task So_does_the_answer_to_nobody()
    {
        var answer = await host.Nobody.GetAsync("/v1/workspace");

        Assert.That(answer.Status, Is.EqualTo(401));
        AssertHeaders(answer);
    }

    [Test]
    public async Task A_fault_of_ours_tells_a_trace_and_nothing_else()
    {
        var answer = await host.First.Raw.GetAsync("/v1/workspace/audit-log");

        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((500, "internal_error", "Something went wrong on our side.")));
            Assert.That((string?)answer.Json["error"]!["details"]!["trace_id"], Is.EqualTo(answer.Header("X-Request-Id")).And.Match("^[0-9a-f]{32}$"));
            Assert.That(answer.Body, Does.Not.Contain("Mock").And.Not.Contain(" at ").And.Not.Contain(".cs").And.Not.Contain("Exception"));
        });
    }

    static void AssertHeaders(Answer answer) => Assert.Multiple(() =>
    {
        Assert.That(answer.Header("RateLimit-Limit"), Does.Match("^[0-9]+$"));
        Assert.That(answer.Header("RateLimit-Remaining"), Does.Match("^[0-9]+$"));
        Assert.That(answer.Header("RateLimit-Reset"), Does.Match("^[0-9]+$"));
        Assert.That(answer.Header("X-Request-Id"), Does.Match("^[0-9a-f]{32}$"));
        Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(answer.Header("Server"), Is.Null);
    });
}
