using System.Text.Json.Nodes;
using Framelane.Api.OpenApi;
using Framelane.Application;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NSwag.Generation;

namespace Framelane.Api.Tests.OpenApi;

/// <summary>Serves the description of the real controllers, and nothing behind them: it needs no database.</summary>
[SetUpFixture]
public sealed class OpenApiHost
{
    static WebApplication? app;

    public static HttpClient Http { get; private set; } = null!;

    /// <summary>The served document.</summary>
    public static JsonObject Document { get; private set; } = null!;

    /// <summary>What the client is generated from.</summary>
    public static NSwag.OpenApiDocument ClientDocument { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddControllers().AddApplicationPart(typeof(Program).Assembly);
        builder.Services.AddApplication();
        builder.Services.AddSingleton<IWebhookUrlPolicy, AcceptAll>();
        builder.Services.AddSingleton<IPublicUrls, LocalUrls>();
        builder.Services.AddSingleton(Moq.Mock.Of<IAssetRepository>());
        builder.Services.AddSingleton(Moq.Mock.Of<IEmailAddresses>());
        builder.Services.AddSingleton(Moq.Mock.Of<ISessionTokens>());
        builder.Services.AddSingleton(Moq.Mock.Of<IBillingProvider>(provider => provider.Plans == Array.Empty<Domain.Workspaces.Plan>()));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddFramelaneOpenApi();
        app = builder.Build();
        app.MapFramelaneOpenApi();
        await app.StartAsync();
        Http = app.GetTestClient();
        Document = JsonNode.Parse(await Http.GetStringAsync("/openapi.json"))!.AsObject();
        ClientDocument = await Framelane.Api.OpenApi.ClientDocument.MakeAsync(app.Services.GetRequiredService<IOpenApiDocumentGenerator>());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Http?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    /// <summary>All operations, with their method and path.</summary>
    public static IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key, path.Key, operation.Value!.AsObject());

    public static JsonObject Operation(string operationId) =>
        Operations.Single(operation => (string)operation.Operation["operationId"]! == operationId).Operation;

    public static JsonObject Schema(string name) => Document["components"]!["schemas"]![name]!.AsObject();

    sealed class LocalUrls : IPublicUrls
    {
        public Uri Of(string path) => new("http://localhost/" + path);
    }

    sealed class AcceptAll : IWebhookUrlPolicy
    {
        public UrlRefusal? CheckAsWritten(string url) => null;

        public ValueTask<UrlRefusal?> CheckAsync(string url, string partition, CancellationToken cancellationToken) => default;
    }
}
