using Framelane.Api;
using Framelane.Application;
using Framelane.Infrastructure;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApplication(builder.Configuration["AutoMapper:LicenseKey"]);
builder.Services.AddInfrastructure(builder.Configuration);
builder.Services.AddApi(builder.Configuration);

var app = builder.Build();
await app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping);
app.MapControllers();
await app.RunAsync();

public partial class Program;
