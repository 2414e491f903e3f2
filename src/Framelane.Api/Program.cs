using Framelane.Api;
using Framelane.Api.Hosting;
using Framelane.Api.OpenApi;
using Framelane.Application;
using Framelane.Infrastructure;
using Framelane.Rendering;

var builder = WebApplication.CreateBuilder(args);
builder.AddServer();
if (args.Contains(HealthProbe.Switch))
    return await HealthProbe.AskAsync(builder.Configuration, Console.Out);

builder.AddTelemetry();
builder.Services.AddApplication(builder.Configuration["Framelane:AutoMapper:LicenseKey"]);
builder.Services.AddInfrastructure(builder.Configuration);
builder.Services.AddRendering();
builder.Services.AddApi(builder.Configuration);

if (builder.Services.FindConfigurationFaults() is { Count: > 0 } faults)
{
    foreach (var fault in faults)
        await Console.Error.WriteLineAsync($"Configuration: {fault}");
    return 1;
}

await using var app = builder.Build();
if (await ClientDocument.TryWriteAsync(app))
    return 0;

await app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping);
app.UseApi();
await app.RunAsync();
return 0;

public partial class Program;
