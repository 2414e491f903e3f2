using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Renders.Validate;

/// <summary>What a valid scene would come to. Nothing is fetched, made or kept.</summary>
public sealed record ForecastRenderQuery(WorkspaceId WorkspaceId, CreateRenderRequest Request) : IRequest<RenderForecast>;

sealed class ForecastRenderHandler(JobSources assets, IRenderForecaster forecaster, PlanGate plans) : IRequestHandler<ForecastRenderQuery, RenderForecast>
{
    public async Task<RenderForecast> Handle(ForecastRenderQuery query, CancellationToken cancellationToken) 
    {
        var forecast = forecaster.Of(query.Request, await assets.FindDurationsAsync(query.WorkspaceId, query.Request, cancellationToken));
        return await plans.FindFaultAsync(query.WorkspaceId, query.Request, forecast.Estimate.RenderMinutes, cancellationToken) is { } fault
            ? forecast with { Warnings = [.. forecast.Warnings, fault.Message] }
            : forecast;
    }
}
