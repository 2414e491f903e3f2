using System.Globalization;
using Framelane.Api;
using Framelane.Api.Hosting;
using Framelane.Api.OpenApi;
using Framelane.Api.Operators;
using Framelane.Application;
using Framelane.Infrastructure;
using Framelane.Rendering;

// Whatever the language of the machine: there are cultures, for SQL Server's driver wants them, and nothing is to depend on one.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

var operators = OperatorLine.Of(args);
if (operators?.Refuse(Console.Out, Console.Error) is { } refused)
    return refused;

var builder = ServerSetup.CreateBuilder(operators?.Settings ?? args);
builder.AddServer();
if (operators is not null)
    builder.KeepOutputClean();
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
if (operators is not null)
    return await operators.RunAsync(app.Services, Console.Out, Console.Error, CancellationToken.None);

app.UseApi();
await app.RunAsync();
return 0;

public partial class Program;
