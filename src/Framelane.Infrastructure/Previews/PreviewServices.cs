using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Previews;

static class PreviewServices
{
    /// <summary>What makes pictures within requests.</summary>
    public static IServiceCollection AddPreviews(this IServiceCollection services)
    {
        services.AddSingleton<PreviewPlaces>();
        services.AddScoped<IPreviewRenderer, PreviewRenderer>();
        return services;
    }
}
