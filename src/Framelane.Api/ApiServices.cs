using Framelane.Api.Conventions.Capabilities;
using Framelane.Api.Conventions.Paging;
using Framelane.Application.Common;

namespace Framelane.Api;

static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddControllers().AddJsonOptions(options => WireJson.Make(options.JsonSerializerOptions));
        services.AddDataProtection();
        services.AddHealthChecks();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<BuildInfo>();
        services.AddSingleton<CapabilityDocument>();
        services.AddSingleton<CursorCodec>();
        return services;
    }
}
