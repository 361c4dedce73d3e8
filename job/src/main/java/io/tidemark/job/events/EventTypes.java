package io.tidemark.job.events;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.rows.ExplicitTypeInfo;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types that travel between operators. */
public final class EventTypes {
    /** What a queue gives. */
    public static final TypeInformation<Inbound> INBOUND =
            new ExplicitTypeInfo<>(Inbound.class, InboundSerializer.instance());

    /** Events. */
    public static final TypeInformation<MarketEvent> EVENT =
            new ExplicitTypeInfo<>(MarketEvent.class, InboundSerializer.instance());

    /** Refused messages. */
    public static final TypeInformation<RejectedMessage> REJECTED =
            new ExplicitTypeInfo<>(RejectedMessage.class, InboundSerializer.instance());

    /** Events with their verdict. */
    public static final TypeInformation<ArchivedEvent> ARCHIVED =
            new ExplicitTypeInfo<>(ArchivedEvent.class, new ArchivedEventSerializer());

    private EventTypes() {}
}
