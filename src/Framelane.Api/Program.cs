using Framelane.Api;
using Framelane.Api.OpenApi;
using Framelane.Application;
using Framelane.Infrastructure;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApplication(builder.Configuration["AutoMapper:LicenseKey"]);
builder.Services.AddInfrastructure(builder.Configuration);
builder.Services.AddApi(builder.Configuration);

var app = builder.Build();
if (await ClientDocument.TryWriteAsync(app))
    return;

await app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping);
app.MapControllers();
app.MapFramelaneOpenApi();
await app.RunAsync();

public partial class Program;
